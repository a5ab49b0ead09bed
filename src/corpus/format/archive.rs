//! Members of a Word or Excel file, which is a zip archive: read by their known names into memory, never to a disk, each
//! with a bound. Knows nothing of what they hold.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::corpus::refusal::Refusal;

/// A member larger than this is no text that a person wrote.
const MAX_MEMBER_BYTES: u64 = 64 << 20;
/// All members together: above it an archive is a bomb, or a film.
const MAX_TOTAL_BYTES: u64 = 256 << 20;
/// An Office file has some tens.
const MAX_MEMBERS: usize = 5_000;
/// Text packs to a tenth, at best to a fiftieth.
const MAX_RATIO: u64 = 200;
/// Below this size a high ratio is harmless.
const SMALL_BYTES: u64 = 4 << 20;

/// An archive whose list of members is sound.
pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Whether it carries macros.
    pub(super) macros: bool,
}

impl<'a> Archive<'a> {
    /// Looks at every member's name and claimed size before any is unpacked.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::NoOffice)?;
        if zip.len() > MAX_MEMBERS {
            return Err(Refusal::Files { files: zip.len() });
        }
        let (mut total, mut macros) = (0_u64, false);
        for at in 0..zip.len() {
            let member = zip.by_index_raw(at).map_err(|_| Refusal::DamagedArchive)?;
            let name = member.name().map_err(|_| Refusal::DamagedArchive)?.into_owned();
            let leads_out =
                name.starts_with(['/', '\\']) || name.contains(':') || name.split(['/', '\\']).any(|part| part == "..");
            if leads_out || name.chars().any(char::is_control) {
                return Err(Refusal::Foreign { name: name.escape_debug().to_string() });
            }
            if member.encrypted() {
                return Err(Refusal::Password);
            }
            let (size, packed) = (member.size(), member.compressed_size());
            total = total.saturating_add(size);
            if size > MAX_MEMBER_BYTES && is_read(&name) || size > SMALL_BYTES && size / packed.max(1) > MAX_RATIO {
                return Err(Refusal::Trap { name: name.escape_debug().to_string(), megabytes: size >> 20 });
            }
            macros |= name.ends_with("vbaProject.bin");
        }
        if total > MAX_TOTAL_BYTES {
            return Err(Refusal::Unpacks { megabytes: total >> 20 });
        }
        Ok(Self { zip, macros })
    }

    /// A member of XML as text; `None` if there is none.
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(bytes) = self.member(name)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| Refusal::MemberNotText { name: name.to_owned() })
    }

    /// A member by name; `None` if there is none. Unpacking stops at the bound, whatever the archive claims.
    fn member(&mut self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Ok(member) = self.zip.by_name(name) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = member.take(MAX_MEMBER_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|_| Refusal::DamagedMember { name: name.to_owned() })?;
        if bytes.len() as u64 > MAX_MEMBER_BYTES {
            return Err(Refusal::LargeMember { name: name.to_owned() });
        }
        Ok(Some(bytes))
    }
}

/// Pictures and fonts are never unpacked.
fn is_read(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "xml" | "rels"))
}
