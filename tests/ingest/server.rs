//! A small HTTP server on the loopback interface that answers as it is told.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What a path is answered with.
#[derive(Clone)]
pub enum Answer {
    /// Status line after `HTTP/1.1 `, header lines, body.
    Whole(&'static str, Vec<String>, Vec<u8>),
    /// A body without end.
    Endless,
    /// Nothing at all, until the client gives up.
    Silence,
    /// A status and half a body, then the end.
    CutShort,
}

impl Answer {
    /// A page of a type.
    pub fn page(media_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Whole(
            "200 OK",
            vec![format!("Content-Type: {media_type}")],
            body.into(),
        )
    }

    /// A redirect.
    pub fn redirect(to: &str) -> Self {
        Self::Whole("302 Found", vec![format!("Location: {to}")], Vec::new())
    }

    /// A bare status.
    pub fn status(status: &'static str) -> Self {
        Self::Whole(status, Vec::new(), b"<p>no".to_vec())
    }
}

/// A running server; it ends with the process.
pub struct Server {
    /// `127.0.0.1:PORT`.
    pub authority: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves paths with answers; any other path is 404.
    pub fn start(answers: impl Fn(&str) -> Option<Answer> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let authority = listener.local_addr().unwrap().to_string();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (heads, answers) = (Arc::clone(&asked), Arc::new(answers));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (heads, answers) = (Arc::clone(&heads), Arc::clone(&answers));
                thread::spawn(move || {
                    let head = head_of(&stream);
                    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                    heads.lock().unwrap().push(head);
                    give(
                        stream,
                        answers(&path).unwrap_or(Answer::status("404 Not Found")),
                    );
                });
            }
        });
        Self { authority, asked }
    }

    /// An address on the server.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.authority)
    }

    /// The heads of all requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn head_of(mut stream: &TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

fn give(mut stream: TcpStream, answer: Answer) {
    // A client that hangs up early is what some tests want.
    let _ = match answer {
        Answer::Whole(status, headers, body) => {
            let length = format!("Content-Length: {}", body.len());
            let first = format!("HTTP/1.1 {status}");
            let lines = [
                &[first][..],
                &headers,
                &[length, "Connection: close\r\n\r\n".to_owned()],
            ];
            let head = lines.concat().join("\r\n");
            stream
                .write_all(head.as_bytes())
                .and_then(|()| stream.write_all(&body))
        }
        Answer::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
            let piece = vec![b'x'; 65_536];
            while stream.write_all(&piece).is_ok() {}
            Ok(())
        }
        Answer::Silence => {
            thread::sleep(Duration::from_secs(20));
            Ok(())
        }
        Answer::CutShort => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half")
        }
    };
}
