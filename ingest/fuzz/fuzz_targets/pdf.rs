//! Any bytes as PDF; and objects, parted by the end of each, in a file whose table and lengths are
//! right.
#![no_main]

use std::sync::Once;

use ingest_fuzz::{forgive, read};
use libfuzzer_sys::fuzz_target;

/// Stands between the dictionary of a stream and its content.
const STREAM: u8 = 1;

static HOOK: Once = Once::new();

fuzz_target!(|bytes: &[u8]| {
    HOOK.call_once(|| forgive("/lopdf-"));
    if bytes.starts_with(b"%PDF-") {
        read("a.pdf", bytes);
    } else {
        read("a.pdf", &file(bytes));
    }
});

fn file(bytes: &[u8]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    let mut root = 1;
    for (at, object) in split(bytes, b"endobj").into_iter().take(500).enumerate() {
        places.push(out.len());
        if object.windows(8).any(|window| window == b"/Catalog") {
            root = at + 1;
        }
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        body(object, &mut out);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(
        format!("trailer\n<</Size {size}/Root {root} 0 R>>\nstartxref\n{table}\n%%EOF\n").bytes(),
    );
    out
}

fn body(object: &[u8], out: &mut Vec<u8>) {
    let Some(at) = object.iter().position(|&byte| byte == STREAM) else {
        out.extend(object);
        return;
    };
    let (head, content) = (&object[..at], &object[at + 1..]);
    let open = head.strip_suffix(b">>").unwrap_or(head);
    out.extend(open);
    out.extend(format!("/Length {}>>\nstream\n", content.len()).bytes());
    out.extend(content);
    out.extend(b"\nendstream");
}

fn split<'b>(bytes: &'b [u8], mark: &[u8]) -> Vec<&'b [u8]> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at + mark.len() <= bytes.len() {
        if &bytes[at..at + mark.len()] == mark {
            found.push(&bytes[start..at]);
            at += mark.len();
            start = at;
        } else {
            at += 1;
        }
    }
    if start < bytes.len() {
        found.push(&bytes[start..]);
    }
    found
}
