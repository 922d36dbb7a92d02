//! What the program tells those who run it: log lines to standard error, request ids, metrics in Prometheus' text form.
//!
//! What is logged and counted is left to the callers; the settings are in `config`; serving `/metrics` is left to `web`.

use std::{fmt, io, sync::Arc, time::Duration};

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusRecorder};
use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

/// The log could not be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// The filter does not parse.
    #[error("expected a log filter such as info or info,sqlx=warn, but found “{filter}”: {why}")]
    BadFilter {
        /// The filter as given.
        filter: String,
        /// What the parser said.
        why: String,
    },
    /// A log is running already.
    #[error("the log has been started already")]
    Started,
    /// The buckets of a histogram are empty, which ours are not.
    #[error("the metrics cannot be set up: {0}")]
    Metrics(String),
}

fn filter(text: &str) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::builder()
        .parse(text)
        .map_err(|error| TelemetryError::BadFilter {
            filter: text.to_owned(),
            why: error.to_string(),
        })
}

/// Starts the log in lines for people.
///
/// # Errors
/// The filter does not parse, or a log is running.
pub fn start_text_log(filter_text: &str) -> Result<(), TelemetryError> {
    tracing_subscriber::registry()
        .with(filter(filter_text)?)
        .with(
            tracing_subscriber::fmt::layer()
                .with_writer(io::stderr)
                .with_ansi(false)
                .with_target(false),
        )
        .try_init()
        .map_err(|_| TelemetryError::Started)
}

/// Starts the log as one JSON object a line.
///
/// # Errors
/// The filter does not parse, or a log is running.
pub fn start_json_log(filter_text: &str) -> Result<(), TelemetryError> {
    tracing_subscriber::registry()
        .with(filter(filter_text)?)
        .with(
            tracing_subscriber::fmt::layer()
                .json()
                .flatten_event(true)
                .with_writer(io::stderr),
        )
        .try_init()
        .map_err(|_| TelemetryError::Started)
}

/// Names one request in the log and, after a failure, to the visitor: twelve hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestId(u64);

impl RequestId {
    /// A new id, at random.
    pub fn fresh() -> Self {
        Self(rand::random::<u64>() >> 16)
    }

    /// The span that every line of the log about this request stands in.
    pub fn span(self, method: &str, path: &str) -> tracing::Span {
        tracing::info_span!("request", id = %self, method, path)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012x}", self.0)
    }
}

/// What `/metrics` tells of the record at the moment of asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RecordGauges {
    /// Jobs that wait.
    pub jobs_queued: i64,
    /// Jobs that are being worked.
    pub jobs_running: i64,
    /// Jobs that were given up.
    pub jobs_failed: i64,
    /// Jobs that were set aside, since no worker survived them.
    pub jobs_parked: i64,
    /// Candidates that wait for an editor.
    pub review_waiting: i64,
    /// Events on the timeline.
    pub events: i64,
}

/// Counts and times, and gives them in Prometheus' text form. Cheap to clone.
#[derive(Clone)]
pub struct Metrics(Arc<PrometheusRecorder>);

/// Bounds of the histogram of request times, in seconds.
const SECONDS: [f64; 11] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0,
];

impl Metrics {
    /// Fresh metrics, all at zero.
    ///
    /// # Errors
    /// The recorder refuses the histogram's bounds, which it does not.
    pub fn new() -> Result<Self, TelemetryError> {
        let recorder = PrometheusBuilder::new()
            .set_buckets(&SECONDS)
            .map_err(|error| TelemetryError::Metrics(error.to_string()))?
            .build_recorder();
        let fresh = Self(Arc::new(recorder));
        fresh.with(|| {
            describe_counter!(
                "demarche_requests_total",
                "Requests answered, by method, route and status."
            );
            describe_histogram!(
                "demarche_request_seconds",
                "Seconds until a request was answered, by route."
            );
            describe_counter!(
                "demarche_articles_total",
                "Articles handed in on a page, by outcome: new, known, failed."
            );
            describe_counter!("demarche_login_failures_total", "Failed sign-ins.");
            describe_gauge!("demarche_jobs", "Jobs of the ingest queue, by state.");
            describe_gauge!(
                "demarche_review_waiting",
                "Candidate events that wait for an editor."
            );
            describe_gauge!("demarche_events", "Events on the timeline.");
            counter!("demarche_login_failures_total").absolute(0);
        });
        Ok(fresh)
    }

    fn with<T>(&self, count: impl FnOnce() -> T) -> T {
        metrics::with_local_recorder(&*self.0, count)
    }

    /// Counts an answered request. `route` is the pattern (`/events/{id}`), never the path, so that its values are few.
    pub fn request(&self, method: &str, route: &str, status: u16, took: Duration) {
        let (method, route) = (method.to_owned(), route.to_owned());
        self.with(|| {
            histogram!("demarche_request_seconds", "route" => route.clone())
                .record(took.as_secs_f64());
            counter!(
                "demarche_requests_total",
                "method" => method, "route" => route, "status" => status.to_string()
            )
            .increment(1);
        });
    }

    /// Counts an article that was handed in and read at once; `outcome` is `new`, `known` or `failed`.
    pub fn article(&self, outcome: &'static str) {
        self.with(|| counter!("demarche_articles_total", "outcome" => outcome).increment(1));
    }

    /// Counts a failed sign-in.
    pub fn login_failure(&self) {
        self.with(|| counter!("demarche_login_failures_total").increment(1));
    }

    /// Everything in Prometheus' text form, with the gauges as they are now.
    pub fn render(&self, record: RecordGauges) -> String {
        let jobs = [
            ("queued", record.jobs_queued),
            ("running", record.jobs_running),
            ("failed", record.jobs_failed),
            ("parked", record.jobs_parked),
        ];
        self.with(|| {
            for (state, count) in jobs {
                gauge!("demarche_jobs", "state" => state).set(as_gauge(count));
            }
            gauge!("demarche_review_waiting").set(as_gauge(record.review_waiting));
            gauge!("demarche_events").set(as_gauge(record.events));
        });
        self.0.handle().render()
    }

    /// Folds the recorded times away, so that memory stays bounded though nobody asks for `/metrics`. Once a minute will do.
    pub fn tidy(&self) {
        self.0.handle().run_upkeep();
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

/// A count as Prometheus takes it.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of rows stay far below 2^52"
)]
fn as_gauge(count: i64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_and_gauges_come_out_in_the_text_form() {
        let metrics = Metrics::new().unwrap();
        metrics.request("GET", "/events/{id}", 200, Duration::from_millis(3));
        metrics.request("GET", "/events/{id}", 200, Duration::from_millis(700));
        metrics.article("known");
        let text = metrics.render(RecordGauges {
            jobs_queued: 4,
            review_waiting: 2,
            ..RecordGauges::default()
        });
        for line in [
            r#"demarche_requests_total{method="GET",route="/events/{id}",status="200"} 2"#,
            r#"demarche_request_seconds_bucket{route="/events/{id}",le="0.005"} 1"#,
            r#"demarche_request_seconds_count{route="/events/{id}"} 2"#,
            r#"demarche_articles_total{outcome="known"} 1"#,
            r#"demarche_jobs{state="queued"} 4"#,
            r#"demarche_jobs{state="parked"} 0"#,
            "demarche_review_waiting 2",
            "demarche_login_failures_total 0",
            "# TYPE demarche_jobs gauge",
        ] {
            assert!(
                text.lines().any(|found| found == line),
                "{line} is missing from\n{text}"
            );
        }
    }

    #[test]
    fn two_recorders_do_not_share_counts() {
        let (first, second) = (Metrics::new().unwrap(), Metrics::new().unwrap());
        first.login_failure();
        assert!(
            first
                .render(RecordGauges::default())
                .contains("demarche_login_failures_total 1")
        );
        assert!(
            second
                .render(RecordGauges::default())
                .contains("demarche_login_failures_total 0")
        );
    }

    #[test]
    fn a_request_id_is_twelve_hexadecimal_digits() {
        let id = RequestId::fresh().to_string();
        assert_eq!(id.len(), 12);
        assert!(id.bytes().all(|sign| sign.is_ascii_hexdigit()));
    }

    #[test]
    fn a_filter_that_does_not_parse_is_named() {
        let error = filter("info,,=x=").unwrap_err().to_string();
        assert!(
            error.starts_with(
                "expected a log filter such as info or info,sqlx=warn, but found “info,,=x=”"
            ),
            "{error}"
        );
    }
}
