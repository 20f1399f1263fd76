//! Lists the policies for `src/source.rs` to embed: every `.rego` file of `policies/` that judges,
//! so neither tests, nor fixtures, nor the `deny` documents for OPA servers.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut list = String::from("&[\n");
    for folder in folders(&root)? {
        for file in policies(&folder)? {
            let path = file.strip_prefix(&root).map_err(io::Error::other)?;
            writeln!(
                list,
                "    Source {{ path: {:?}, text: include_str!({:?}) }},",
                path.display().to_string(),
                file.display().to_string()
            )
            .map_err(io::Error::other)?;
        }
    }
    list += "]\n";
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("`OUT_DIR` is not set"))?;
    fs::write(Path::new(&out).join("policies.rs"), list)
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
