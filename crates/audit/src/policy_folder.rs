//! A folder of custom policies, as files: `<subject>/<what_must_hold>.rego`, and `lib/` for what they share.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use controls::CustomFile;
use controls::custom::MAX_BYTES;

/// Folders below the folder that are looked into; the layout needs one.
const MAX_DEPTH: usize = 3;
/// Files that are listed at most; many more than are loaded.
const MAX_LISTED: usize = 10_000;

/// The Rego files of a folder, sorted by path; none if there is no such folder. What cannot be read has the reason as its text.
/// Other files, and those whose names begin with a dot, are passed over.
///
/// # Errors
///
/// If the folder is there but cannot be listed.
pub fn read(folder: &Path) -> io::Result<Vec<CustomFile>> {
    let mut found = Vec::new();
    match list(folder, 0, &mut found) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listed => listed?,
    }
    found.sort();
    Ok(found.iter().map(|path| file(folder, path)).collect())
}

fn list(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if found.len() >= MAX_LISTED || entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = entry.path();
        if path.is_dir() {
            if depth < MAX_DEPTH {
                list(&path, depth + 1, found)?;
            }
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rego")
        {
            found.push(path);
        }
    }
    Ok(())
}

fn file(folder: &Path, path: &Path) -> CustomFile {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    let parts: Vec<String> = parts
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    CustomFile {
        path: parts.join("/"),
        text: text(path),
    }
}

/// The text of a file; what is too long, or no file, is not read.
fn text(path: &Path) -> Result<String, String> {
    let metadata = fs::metadata(path).map_err(|error| format!("it cannot be read: {error}"))?;
    if !metadata.is_file() {
        return Err("it is not a file".to_owned());
    }
    if metadata.len() > MAX_BYTES as u64 {
        return Err(format!(
            "it has {} bytes, more than {MAX_BYTES}",
            metadata.len()
        ));
    }
    fs::read_to_string(path).map_err(|error| format!("it cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rego_files_are_read_and_what_cannot_be_read_says_why() {
        let process = std::process::id();
        let folder = std::env::temp_dir().join(format!("orgsweep-policy-folder-{process}"));
        fs::create_dir_all(folder.join("s3")).unwrap();
        fs::create_dir_all(folder.join("kms/odd.rego")).unwrap();
        fs::write(folder.join("s3/good.rego"), "package controls.s3.good").unwrap();
        fs::write(folder.join("s3/binary.rego"), [0xff, 0xfe]).unwrap();
        fs::write(folder.join("s3/long.rego"), "#".repeat(MAX_BYTES + 1)).unwrap();
        fs::write(folder.join("README.md"), "not Rego").unwrap();
        fs::write(folder.join("s3/.hidden.rego"), "not Rego").unwrap();
        std::os::unix::fs::symlink("/nonexistent", folder.join("s3/gone.rego")).unwrap();
        let files = read(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let told: Vec<(&str, bool)> = files
            .iter()
            .map(|file| (file.path.as_str(), file.text.is_ok()))
            .collect();
        let expected = [
            ("s3/binary.rego", false),
            ("s3/gone.rego", false),
            ("s3/good.rego", true),
            ("s3/long.rego", false),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn no_folder_holds_no_policies() {
        assert_eq!(read(Path::new("/nonexistent/policies")).unwrap(), []);
    }
}
