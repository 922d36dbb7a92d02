//! Articles → candidate events, as a caller of the library sees it.

mod founding;
mod hostile;
mod rewordings;
mod scene;
