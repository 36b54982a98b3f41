//! What a figure depends on beside the code: processors, memory, compiler, load.

use std::fs;
use std::process::Command;
use std::time::Duration;

/// One line about the machine and its compiler.
pub(super) fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let model =
        field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.split(' ').next()?.parse::<f64>().ok())
        .map_or_else(String::new, |kilobytes| format!(", {:.0} GB", kilobytes / 1e6));
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc =
        rustc.map(|out| String::from_utf8_lossy(&out.stdout).trim().to_owned()).unwrap_or_default();
    format!("{cores} cores ({model}){memory}, {}, {rustc}", std::env::consts::OS)
}

/// The load of the last minute: above zero means that others were at work.
pub(super) fn load() -> String {
    let text = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split(' ').next().map_or_else(|| "unknown".to_owned(), str::to_owned)
}

/// The processor time of all commands so far, theirs included; what others do on the machine
/// changes it less than it changes the clock's. Only Linux says it.
pub(super) fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in parentheses, may hold spaces; user and system time of ended
    // children are the 14th and 15th field behind it, in ticks of 10 ms.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u64>().ok();
    Some(Duration::from_millis(10 * (ticks(13)? + ticks(14)?)))
}

fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
