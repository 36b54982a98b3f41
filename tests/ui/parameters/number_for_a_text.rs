use reactbin_dsl::*;

parameter! { name: ver, type: image_tag, default: 1.10 }
parameter! { name: note, type: string, default: -0x1F }
parameter! { name: flag, type: name, default: true }
parameter! { name: count, type: integer, default: "3" }
parameter! { name: on, type: boolean, default: "true" }
parameter! { name: port, type: port, default: "web" }

fn main() {}
