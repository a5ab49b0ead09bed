//! Files made to harm: each is refused in words, in time, and nothing is written.

use std::fs::{self, File};
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use yuanwen::corpus::Warning;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{imported, original};

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// What the issue allows, and as long again for a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

struct Trap {
    folder: TempDir,
}

impl Trap {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }
}

#[track_caller]
fn refused(path: &Path, words: &[&str]) {
    let started = Instant::now();
    let error = imported(path).expect_err("it is refused").to_string();
    assert!(started.elapsed() < PATIENCE, "{:?}: {error}", started.elapsed());
    assert!(words.iter().any(|word| error.contains(word)), "{error}");
    assert!(error.contains(path.file_name().unwrap().to_str().unwrap()), "{error} does not name the file");
}

fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn word(body: &str) -> Vec<u8> {
    zipped(&[(
        "word/document.xml",
        format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}</w:body></w:document>").as_bytes(),
    )])
}

const SOUND: &str = "<w:p><w:r><w:t>青砚谷科创园在东边，占地三平方公里。</w:t></w:r></w:p>";

#[test]
fn a_sound_archive_of_our_own_is_read() {
    let trap = Trap::new();
    let imported = imported(&trap.file("a.docx", &word(SOUND))).unwrap();
    assert!(imported.markdown.contains("青砚谷科创园在东边"));
}

#[test]
fn a_zip_bomb_is_refused() {
    let trap = Trap::new();
    let mut body = String::from(SOUND);
    body.push_str(&" ".repeat(120 << 20));
    refused(&trap.file("bomb.docx", &word(&body)), &["a trap or a mistake"]);
    let many: Vec<u8> = vec![b' '; 30 << 20];
    let members: Vec<(String, &[u8])> =
        (0..12).map(|at| (format!("xl/worksheets/sheet{at}.xml"), many.as_slice())).collect();
    let members: Vec<(&str, &[u8])> = members.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    refused(&trap.file("bomb.xlsx", &zipped(&members)), &["a trap or a mistake"]);
}

#[test]
fn a_member_that_claims_two_gigabytes_is_refused_unread() {
    let trap = Trap::new();
    let mut bytes = word(SOUND);
    // The size in the central directory, 24 bytes behind its mark.
    let at = bytes.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap() + 24;
    bytes[at..at + 4].copy_from_slice(&(2_u32 << 30).to_le_bytes());
    refused(&trap.file("claim.docx", &bytes), &["2048 MB"]);
}

#[test]
fn a_file_of_two_gigabytes_is_refused_unread() {
    let trap = Trap::new();
    for (name, words) in [("large.pdf", "is over 64 MB"), ("large.txt", "is over 20 MB")] {
        let path = trap.folder.path().join(name);
        File::create(&path).unwrap().set_len(2 << 30).unwrap();
        refused(&path, &[words]);
    }
}

#[test]
fn millions_of_lines_or_cells_are_refused() {
    let trap = Trap::new();
    refused(&trap.file("lines.txt", "园\n".repeat(4_000_000).as_bytes()), &["lines; keep the part that matters"]);
    refused(&trap.file("cells.csv", ",".repeat(60 << 20).as_bytes()), &["damaged or hostile", "10 seconds", "1 MB"]);
    let rows = "甲,乙\n".repeat(200_000);
    let imported = imported(&trap.file("rows.csv", rows.as_bytes())).unwrap();
    assert!(imported.warnings.contains(&Warning::Rows { kept: 20_000 }), "{:?}", imported.warnings);
}

#[test]
fn a_pdf_whose_stream_unpacks_to_gigabytes_is_refused() {
    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    let trap = Trap::new();
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
    let line = b"BT /F1 12 Tf 72 720 Td (bomb) Tj ET\n".repeat(30_000);
    for _ in 0..700 {
        packed.write_all(&line).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut pdf =
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj\n\
        5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n"
            .to_vec();
    pdf.extend(format!("4 0 obj<</Filter/FlateDecode/Length {}>>stream\n", packed.len()).into_bytes());
    pdf.extend(packed);
    pdf.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n");
    refused(&trap.file("bomb.pdf", &pdf), &["damaged or hostile", "10 seconds", "no PDF", "no text"]);
}

#[test]
fn deep_nesting_is_refused() {
    let trap = Trap::new();
    let deep = format!("{}{SOUND}{}", "<w:sdt>".repeat(100_000), "</w:sdt>".repeat(100_000));
    refused(&trap.file("deep.docx", &word(&deep)), &["nested deeper"]);
    // A page that deep is read as far as anybody nests, or refused; it never takes the program down.
    let page = format!("<html><body>{}<p>青砚谷在东边，占地三平方公里。</p>", "<div>".repeat(200_000));
    let started = Instant::now();
    let page = imported(&trap.file("deep.html", page.as_bytes()));
    assert!(page.is_err() && started.elapsed() < PATIENCE, "{page:?}");
}

#[test]
fn entities_are_not_resolved() {
    let trap = Trap::new();
    let secret = trap.file("secret.txt", "机密".as_bytes());
    for dtd in [
        format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"file://{}\">]>", secret.display()),
        "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>".to_owned(),
    ] {
        let xml = format!(
            "{dtd}<w:document xmlns:w=\"{WORD}\"><w:body><w:p><w:r><w:t>&x;&b;</w:t></w:r></w:p></w:body></w:document>"
        );
        refused(&trap.file("entity.docx", &zipped(&[("word/document.xml", xml.as_bytes())])), &["declares entities"]);
    }
}

#[test]
fn paths_in_archives_lead_nowhere() {
    let trap = Trap::new();
    for name in ["../../evil.xml", "/tmp/evil.xml", "word\\..\\..\\evil.xml", "C:evil.xml"] {
        let body = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{SOUND}</w:body></w:document>");
        let bytes = zipped(&[("word/document.xml", body.as_bytes()), (name, b"evil")]);
        refused(&trap.file("paths.docx", &bytes), &["which no Office program writes"]);
        assert_eq!(fs::read_dir(trap.folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn macros_are_left_out_with_a_warning() {
    let trap = Trap::new();
    let body = format!("<w:document xmlns:w=\"{WORD}\"><w:body>{SOUND}</w:body></w:document>");
    let bytes = zipped(&[("word/document.xml", body.as_bytes()), ("word/vbaProject.bin", b"Sub AutoOpen()")]);
    let imported = imported(&trap.file("macros.docm", &bytes)).unwrap();
    assert!(imported.warnings.contains(&Warning::Macros), "{:?}", imported.warnings);
    assert!(!imported.markdown.contains("AutoOpen"));
}

#[test]
fn broken_pdfs_are_refused() {
    let trap = Trap::new();
    let whole = fs::read(original("pdf-reportlab.pdf")).unwrap();
    refused(&trap.file("head.pdf", &whole[..400]), &["no PDF that can be read", "holds no text", "damaged"]);
    refused(
        &trap.file("noise.pdf", &[b"%PDF-1.7\n", [0xa5; 4096].as_slice()].concat()),
        &["no PDF", "no text", "damaged"],
    );
    let looped = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n";
    refused(&trap.file("loop.pdf", looped), &["no PDF", "no text", "damaged"]);
    // Flipped bytes: a document or a refusal, never a crash.
    for step in [3, 17, 101] {
        let mut bytes = whole.clone();
        for at in (600..bytes.len()).step_by(step * 37) {
            bytes[at] ^= 0x5a;
        }
        let started = Instant::now();
        let _ = imported(&trap.file("flipped.pdf", &bytes));
        assert!(started.elapsed() < PATIENCE);
    }
}

#[test]
fn a_sheet_that_claims_every_cell_is_refused_or_read_within_the_limits() {
    let trap = Trap::new();
    let sheet = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>楼</t></is></c></row>\
        <row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>租</t></is></c></row></sheetData></worksheet>";
    let book = "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    let links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    let root = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
    let bytes = zipped(&[
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ]);
    refused(&trap.file("every.xlsx", &bytes), &["damaged or hostile", "export the part that matters", "10 seconds"]);
}

#[test]
fn a_name_that_lies_is_refused() {
    let trap = Trap::new();
    refused(&trap.file("a.docx", b"plain text"), &["not what its name says"]);
    refused(&trap.file("a.txt", &word(SOUND)), &["not what its name says"]);
    refused(&trap.file("a.pdf", b"plain text"), &["not what its name says"]);
    refused(&trap.file("a.xlsx", &word(SOUND)), &["no spreadsheet"]);
    refused(&trap.file("a.doc", b"\xd0\xcf\x11\xe0"), &["save it as .docx"]);
    refused(&trap.file("a.exe", b"MZ"), &["txt, md, html, docx, pdf, csv and xlsx can"]);
    refused(&trap.file("a.jpg", b"\xff\xd8"), &["OCR"]);
    refused(&trap.file("a.txt", b""), &["is empty"]);
}
