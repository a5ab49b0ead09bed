//! Work beside the questions: on threads of its own, which let those that answer go first.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// How much these threads give way, as `nice` counts it.
#[cfg(target_os = "linux")]
const GIVING_WAY: i32 = 10;

/// Does some work on those threads and waits for it; where there can be none, it is done by whoever calls.
pub(super) fn aside<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
        let threads = ThreadPoolBuilder::new().thread_name(|number| format!("aside-{number}"));
        threads.start_handler(|_| give_way()).build().ok()
    });
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

/// Elsewhere a thread cannot give way by itself.
fn give_way() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::nice(GIVING_WAY) {
        tracing::debug!("reloads do not give way to questions: {error}");
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn threads_aside_give_way_and_no_others_do() {
        let priority = || rustix::process::getpriority_process(None).expect("the system says it");
        let own = priority();
        assert_eq!(aside(priority), (own + GIVING_WAY).min(19));
        assert_eq!(priority(), own);
    }
}
