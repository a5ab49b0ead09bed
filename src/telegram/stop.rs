//! The signal to stop, passed in from outside so that a test passes its own.

use tokio::sync::watch;

/// Hears the signal. A clone hears the same one.
#[derive(Debug, Clone)]
pub struct Stop(watch::Receiver<bool>);

/// Gives the signal; dropping it gives it, too.
#[derive(Debug)]
pub struct Stopper(watch::Sender<bool>);

impl Stop {
    /// A signal and the hand that gives it.
    pub fn new() -> (Stopper, Self) {
        let (sender, receiver) = watch::channel(false);
        (Stopper(sender), Self(receiver))
    }

    /// A signal given by SIGTERM or SIGINT, as a service manager or Ctrl-C sends it.
    ///
    /// # Errors
    /// When the system does not let us listen.
    pub fn on_signals() -> std::io::Result<Self> {
        let (stopper, stop) = Self::new();
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            tokio::spawn(async move {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                }
                stopper.stop();
            });
        }
        #[cfg(not(unix))]
        tokio::spawn(async move {
            let _ = tokio::signal::ctrl_c().await;
            stopper.stop();
        });
        Ok(stop)
    }

    /// Whether the signal was given.
    pub fn is_requested(&self) -> bool {
        *self.0.borrow() || self.0.has_changed().is_err()
    }

    /// Waits for the signal.
    pub async fn requested(&mut self) {
        // An error means that the hand is gone.
        let _ = self.0.wait_for(|stop| *stop).await;
    }
}

impl Stopper {
    /// Gives the signal.
    pub fn stop(self) {
        let _ = self.0.send(true);
    }
}
