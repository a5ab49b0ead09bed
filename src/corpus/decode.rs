//! Bytes into text: which encoding, is it text at all, one kind of line end. Knows nothing of what the text says.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_16BE, UTF_16LE};

use super::refusal::Refusal;

/// The longest line that is served: far above any paragraph, far below what would stall a split into sentences.
const MAX_LINE_BYTES: usize = 1 << 20;

/// Decodes a file: UTF-8, UTF-16 with a byte order mark, GB18030 or Big5. Lines end in `\n` afterwards, and characters
/// that cannot be seen are gone.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"%PDF-") {
        return Err(Refusal::PdfForText);
    }
    let text = decoded(bytes)?;
    let odd = text.chars().filter(|&c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}' | '\u{85}')).count();
    // A stray control character survives copying from a terminal; one in a hundred means that this is not writing.
    if text.contains('\0') || odd * 100 > text.len() {
        return Err(Refusal::NotText);
    }
    let text = normalized(&text);
    if text.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    match text.split('\n').position(|line| line.len() > MAX_LINE_BYTES) {
        Some(at) => Err(Refusal::LongLine { line: at + 1 }),
        None => Ok(text),
    }
}

/// The characters of a file, every one of them: UTF-8, UTF-16 with a byte order mark, GB18030 or Big5.
pub(crate) fn decoded(bytes: &[u8]) -> Result<String, Refusal> {
    let marked = match Encoding::for_bom(bytes) {
        Some((encoding, length)) if encoding == UTF_16LE || encoding == UTF_16BE => Some((encoding, length)),
        _ => None,
    };
    if let Some((encoding, length)) = marked {
        return strict(encoding, bytes.get(length..).unwrap_or_default()).ok_or(Refusal::BrokenUtf16);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let broken = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok(text.to_owned()),
        Err(broken) => broken,
    };
    if bytes.contains(&0) {
        return Err(Refusal::NotText);
    }
    if mostly_utf8(bytes) {
        let line = 1 + bytes.iter().take(broken.valid_up_to()).filter(|&&byte| byte == b'\n').count();
        return Err(Refusal::BrokenUtf8 { line });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let encoding = if guess == BIG5 { BIG5 } else { GB18030 };
    let sure = guess == BIG5 || guess == GBK || guess == GB18030;
    strict(encoding, bytes).filter(|text| sure || mostly_han(text)).ok_or(Refusal::UnknownEncoding)
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
}

/// UTF-8 that was damaged, rather than another encoding: nine of ten characters beyond ASCII are whole.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 9
}

/// Half of what is not ASCII is Han: what a wrong decoding hardly ever gives.
fn mostly_han(text: &str) -> bool {
    let beyond = text.chars().filter(|c| !c.is_ascii()).count();
    text.chars().filter(|&c| matches!(c, '\u{4e00}'..='\u{9fff}')).count() * 2 > beyond
}

/// Line ends of one kind, and no character that cannot be seen.
pub(crate) fn normalized(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{c}' | '\u{b}' => out.push('\n'),
            '\t' => out.push('\t'),
            '\u{200b}'..='\u{200c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}' => {}
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "园区服务大厅周一至周五对外办公，咨询请到二楼窗口。";
    const TRADITIONAL: &str = "園區服務大廳週一至週五對外辦公，諮詢請到二樓窗口，謝謝。";

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(decode(bytes).expect("it is text"), expected);
    }

    fn refuses(bytes: &[u8], line: Option<usize>, words: &str) {
        let refused = decode(bytes).expect_err("it is not text");
        assert_eq!(refused.line(), line, "{refused:?}");
        assert!(refused.to_string().contains(words), "{refused:?}");
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn reads_every_encoding_that_documents_come_in() {
        check(SENTENCE.as_bytes(), SENTENCE);
        check(format!("\u{feff}{SENTENCE}").as_bytes(), SENTENCE);
        check(&utf16(SENTENCE, u16::to_le_bytes), SENTENCE);
        check(&utf16(SENTENCE, u16::to_be_bytes), SENTENCE);
        check(&GB18030.encode(SENTENCE).0, SENTENCE);
        check(&BIG5.encode(TRADITIONAL).0, TRADITIONAL);
    }

    #[test]
    fn lines_end_in_one_way_and_unseen_characters_go() {
        check(b"a\r\nb\rc\n", "a\nb\nc\n");
        check("园\u{200b}区\u{feff}".as_bytes(), "园区");
    }

    #[test]
    fn what_is_not_text_is_refused_with_its_reason() {
        refuses(b"", None, "empty");
        refuses(b" \n\t\r\n", None, "empty");
        refuses("\u{feff}\n".as_bytes(), None, "empty");
        refuses(b"%PDF-1.7 \xff\xfe", None, "import");
        refuses(b"PK\x03\x04\x00\x00\xff", None, "not text");
        refuses("\u{1}\u{2}\u{3}园区".as_bytes(), None, "not text");
        refuses(b"\xff\xfe\x00\xd8", None, "UTF-16");
        refuses(b"\x80\x81\xff\xfe\xfd abc \xff", None, "save it as UTF-8");
    }

    #[test]
    fn damaged_utf8_is_named_by_line() {
        let mut bytes = format!("{SENTENCE}\n{SENTENCE}").into_bytes();
        bytes.truncate(bytes.len() - 1);
        refuses(&bytes, Some(2), "not UTF-8");
    }

    #[test]
    fn a_line_over_a_megabyte_is_refused_by_line() {
        refuses(format!("a\n{}", "园".repeat(MAX_LINE_BYTES / 3 + 1)).as_bytes(), Some(2), "1 MB");
    }
}
