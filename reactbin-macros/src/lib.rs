//! x
mod errors; mod parse; mod spot;
