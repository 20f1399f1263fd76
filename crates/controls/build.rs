//! Lists the policies for `src/source.rs` to embed: every `.rego` file of `policies/` that judges,
//! so neither tests, nor fixtures, nor the `deny` documents for OPA servers; and the standards.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut policies = Vec::new();
    for folder in folders(&root)? {
        policies.extend(self::policies(&folder)?);
    }
    embed(&root, &policies, "policies.rs")?;
    embed(&root, &entries(&root.join("standards"))?, "standards.rs")
}

/// Writes a list of files as Rust: path and text of each.
fn embed(root: &Path, files: &[PathBuf], list: &str) -> io::Result<()> {
    let mut rust = String::from("&[\n");
    for file in files {
        let path = file.strip_prefix(root).map_err(io::Error::other)?;
        writeln!(
            rust,
            "    Source {{ path: {:?}, text: include_str!({:?}) }},",
            path.display().to_string(),
            file.display().to_string()
        )
        .map_err(io::Error::other)?;
    }
    rust += "]\n";
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("`OUT_DIR` is not set"))?;
    fs::write(Path::new(&out).join(list), rust)
}

fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut folders = entries(root)?;
    folders.retain(|path| path.is_dir() && !path.ends_with("aws"));
    Ok(folders)
}

fn policies(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = entries(folder)?;
    files.retain(|path| {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        path.extension()
            .is_some_and(|extension| extension == "rego")
            && !stem.ends_with("_test")
    });
    Ok(files)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
