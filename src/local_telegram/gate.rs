//! The door that connections come through. A test may shut it: then the port refuses connections and those that
//! stand are cut. Knows no HTTP.

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use futures::task::AtomicWaker;
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
};

/// Whether connections are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Door {
    Open,
    Shut,
}

/// The handle on the door, and on every connection that came through it.
#[derive(Debug)]
pub(crate) struct Doors {
    wanted: watch::Sender<Door>,
    actual: watch::Sender<Door>,
    lines: Mutex<Vec<Weak<Cut>>>,
}

impl Default for Doors {
    fn default() -> Self {
        Self { wanted: watch::Sender::new(Door::Open), actual: watch::Sender::new(Door::Open), lines: Mutex::default() }
    }
}

impl Doors {
    /// Shuts the port and cuts what is connected; returns when the port refuses.
    pub(crate) async fn shut(&self) {
        self.turn(Door::Shut).await;
        self.cut_all();
    }

    /// Opens the port again; returns when it listens.
    pub(crate) async fn open(&self) {
        self.turn(Door::Open).await;
    }

    async fn turn(&self, door: Door) {
        let mut actual = self.actual.subscribe();
        self.wanted.send_replace(door);
        // The sender lives in `self`, so waiting cannot fail.
        let _ = actual.wait_for(|now| *now == door).await;
    }

    /// Cuts every connection.
    pub(crate) fn cut_all(&self) {
        let lines = std::mem::take(&mut *self.lines.lock().unwrap_or_else(PoisonError::into_inner));
        lines.iter().filter_map(Weak::upgrade).for_each(|line| line.cut());
    }

    fn add(&self, cut: &Arc<Cut>) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|line| line.strong_count() > 0);
        lines.push(Arc::downgrade(cut));
    }
}

/// The listener behind the door.
#[derive(Debug)]
pub(crate) struct Gate {
    address: SocketAddr,
    listener: Option<TcpListener>,
    doors: Arc<Doors>,
}

impl Gate {
    pub(crate) fn new(listener: TcpListener, doors: Arc<Doors>) -> io::Result<Self> {
        Ok(Self { address: listener.local_addr()?, listener: Some(listener), doors })
    }
}

impl axum::serve::Listener for Gate {
    type Io = Line;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Line, SocketAddr) {
        let mut wanted = self.doors.wanted.subscribe();
        loop {
            let now = *wanted.borrow_and_update();
            if now == Door::Shut {
                self.listener = None;
                self.doors.actual.send_replace(Door::Shut);
                let _ = wanted.changed().await;
                continue;
            }
            let Some(listener) = &self.listener else {
                match TcpListener::bind(self.address).await {
                    Ok(listener) => self.listener = Some(listener),
                    Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
                }
                continue;
            };
            self.doors.actual.send_replace(Door::Open);
            tokio::select! {
                _ = wanted.changed() => {}
                accepted = listener.accept() => match accepted {
                    Ok((stream, address)) => {
                        // Answers are small; waiting to fill a packet would cost 40 ms each.
                        let _ = stream.set_nodelay(true);
                        let cut = Arc::new(Cut::default());
                        self.doors.add(&cut);
                        return (Line { stream, cut }, address);
                    }
                    // Out of file handles, usually: others may be given back soon.
                    Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
                },
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Cuts one connection from outside.
#[derive(Debug, Default)]
pub(crate) struct Cut {
    is_cut: AtomicBool,
    waker: AtomicWaker,
}

impl Cut {
    /// The connection ends with its next read or write, which happens now.
    pub(crate) fn cut(&self) {
        self.is_cut.store(true, Ordering::SeqCst);
        self.waker.wake();
    }

    fn check(&self, context: &Context<'_>) -> io::Result<()> {
        self.waker.register(context.waker());
        if self.is_cut.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) }
    }
}

/// The handle on its own connection that a request finds.
#[derive(Debug, Clone)]
pub(crate) struct Connection(pub(crate) Arc<Cut>);

impl Connected<IncomingStream<'_, Gate>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Gate>) -> Self {
        Self(Arc::clone(&stream.io().cut))
    }
}

/// A connection that can be cut.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    cut: Arc<Cut>,
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.cut.check(context)?;
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for Line {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.cut.check(context)?;
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
