//! Good and bad texts of each format; every repair is of its format.
