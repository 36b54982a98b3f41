//! Processes and their probes, as a kubelet handles them.
//!
//! Knows neither manifests nor images.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

/// Between two looks at a process.
const PAUSE: Duration = Duration::from_millis(50);

/// A process that doesn't outlive its owner.
pub(crate) struct Process {
    child: Child,
    log: PathBuf,
    began: Instant,
}

impl Process {
    /// Starts a command in a folder with these variables and no others; what it says goes to a
    /// file.
    pub(crate) fn start(
        command: &[String],
        folder: &Path,
        env: &BTreeMap<String, String>,
        log: PathBuf,
    ) -> Process {
        let output = File::create(&log).unwrap();
        let child = Command::new(&command[0])
            .args(&command[1..])
            .current_dir(folder)
            .env_clear()
            .envs(env)
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?} can't be started: {error}"));
        Process { child, log, began: Instant::now() }
    }

    /// How long it has been running.
    fn age(&self) -> Duration {
        self.began.elapsed()
    }

    /// What it has said so far.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// How it ended, once it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().unwrap()
    }

    /// Waits for its end.
    pub(crate) fn wait(&mut self, longest: Duration) -> ExitStatus {
        let began = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            let log = self.log();
            assert!(began.elapsed() < longest, "still running after {longest:?}:\n{log}");
            thread::sleep(PAUSE);
        }
    }

    /// Asks it to end, as a kubelet does before it kills.
    pub(crate) fn terminate(&self) {
        let pid = self.child.id().to_string();
        let status = Command::new("sh").args(["-c", "kill -TERM \"$1\"", "sh", &pid]).status();
        assert!(status.unwrap().success());
    }

    /// Asks until there is an answer of status 200; the time that this took, from the start.
    pub(crate) fn probe(
        &mut self,
        port: u16,
        path: &str,
        timeout: Duration,
        allowance: Duration,
    ) -> Duration {
        loop {
            let failure = match get(port, path, timeout) {
                Ok((200, _)) => return self.age(),
                Ok((status, _)) => format!("status {status}"),
                Err(error) => error.to_string(),
            };
            let (age, log) = (self.age(), self.log());
            assert!(self.ended().is_none(), "it has ended\n{log}");
            assert!(age < allowance, "GET {path}, after {age:?}: {failure}\n{log}");
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Status and body of a GET request to the loopback device.
pub(crate) fn get(port: u16, path: &str, timeout: Duration) -> io::Result<(u16, String)> {
    let mut stream =
        TcpStream::connect_timeout(&SocketAddr::from(([127, 0, 0, 1], port)), timeout)?;
    stream.set_read_timeout(Some(timeout))?;
    // 1.0, so that the body is all that follows.
    write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n")?;
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| io::Error::other(format!("no status line: {line:?}")))?;
    let answer = io::read_to_string(reader)?;
    let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
    Ok((status, body.to_owned()))
}

/// A port of the loopback device that nothing listens on.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port()
}
