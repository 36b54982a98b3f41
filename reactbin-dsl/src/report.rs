//! Placeholder until merged.
use std::path::PathBuf;
use reactbin_check::wire::Position;
/// Level.
#[derive(Debug,Clone,Copy,PartialEq,Eq)]
pub enum Level { /// e
Error, /// w
Warning }
/// Place.
#[derive(Debug,Clone)]
pub struct Place { /// f
 pub file: PathBuf, /// a
 pub absolute: PathBuf, /// p
 pub position: Position }
/// D.
#[derive(Debug,Clone)]
pub struct Diagnostic { /// l
 pub level: Level, /// r
 pub rule: String, /// m
 pub message: String, /// p
 pub place: Option<Place>, /// h
 pub help: Option<String>, /// n
 pub notes: Vec<(String, Option<Place>)> }
