//! The copy of the project in which every sampled mutant sleeps.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::mutant::Mutant;
use crate::sow::Sower;

/// Where mutants are looked for.
const FOLDERS: [&str; 3] = ["src/facts/", "src/rule/", "src/rules/"];

/// What the copy's library asks. A test that wants to know which mutants it comes by names a file in `GUIDELINT_REACHED`.
const ASK: &str = r#"
/// Whether this mutant is awake.
#[inline]
pub fn mutant(id: usize) -> bool {
    static AWAKE: std::sync::OnceLock<(usize, bool)> = std::sync::OnceLock::new();
    let (awake, traced) = *AWAKE.get_or_init(|| {
        let awake = std::env::var("GUIDELINT_MUTANT").ok().and_then(|it| it.parse().ok()).unwrap_or(usize::MAX);
        (awake, std::env::var_os("GUIDELINT_REACHED").is_some())
    });
    if traced {
        reached(id);
    }
    awake == id
}

#[cold]
fn reached(id: usize) {
    use std::io::Write as _;
    use std::sync::atomic::{AtomicBool, Ordering};
    static SEEN: [AtomicBool; COUNT] = [const { AtomicBool::new(false) }; COUNT];
    if !SEEN[id].swap(true, Ordering::Relaxed) {
        let path = std::env::var_os("GUIDELINT_REACHED").unwrap_or_default();
        let file = std::fs::OpenOptions::new().create(true).append(true).open(path);
        let _ = file.and_then(|mut file| file.write_all(format!("{id}\n").as_bytes()));
    }
}
"#;

/// The project as it is, and the copy that is made of it.
pub struct Copy {
    root: PathBuf,
    pub folder: PathBuf,
    /// The files in which mutants are looked for, sorted.
    sources: BTreeMap<String, String>,
}

impl Copy {
    /// Copies what Git tracks or would track; a file that has not changed is left alone, so that Cargo builds little.
    pub fn of(root: &Path, folder: &Path) -> io::Result<Copy> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()?;
        let mut kept = BTreeSet::new();
        let mut sources = BTreeMap::new();
        for name in String::from_utf8_lossy(&listed.stdout).split('\0').filter(|it| !it.is_empty()) {
            let from = root.join(name);
            if !from.is_file() || name.starts_with("tools/mutants/") {
                continue;
            }
            kept.insert(name.to_owned());
            let mut bytes = fs::read(&from)?;
            if name.ends_with(".rs") && FOLDERS.iter().any(|it| name.starts_with(it)) {
                sources.insert(name.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
                continue;
            }
            if name == "src/lib.rs" {
                continue;
            }
            if name == "Cargo.toml" {
                bytes.extend_from_slice(b"\n[workspace]\n");
            }
            write(&folder.join(name), &bytes)?;
            fs::set_permissions(folder.join(name), fs::metadata(&from)?.permissions())?;
        }
        forget(folder, folder, &kept)?;
        Ok(Copy { root: root.to_owned(), folder: folder.to_owned(), sources })
    }

    /// All that could be mutated, in the order of the files and of the places in them.
    pub fn mutants(&self) -> syn::Result<Vec<Mutant>> {
        let none = BTreeSet::new();
        let mut sower = Sower::new(&none);
        for (name, text) in &self.sources {
            sower.sow(name, &mut syn::parse_file(text)?);
        }
        Ok(sower.found)
    }

    /// Writes the sources with the chosen mutants in them.
    pub fn sow(&self, chosen: &BTreeSet<usize>) -> io::Result<()> {
        let mut sower = Sower::new(chosen);
        for (name, text) in &self.sources {
            let before = sower.found.len();
            let mut tree = syn::parse_file(text).map_err(io::Error::other)?;
            sower.sow(name, &mut tree);
            let changed = chosen.range(before..sower.found.len()).next().is_some();
            let text = if changed { prettyplease::unparse(&tree) } else { text.clone() };
            write(&self.folder.join(name), text.as_bytes())?;
        }
        let face = fs::read_to_string(self.root.join("src/lib.rs"))?;
        let ask = ASK.replace("COUNT", &sower.found.len().to_string());
        write(&self.folder.join("src/lib.rs"), (face + &ask).as_bytes())
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if fs::read(path).is_ok_and(|it| it == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

/// Takes away what an earlier copy had and the project no longer has.
fn forget(top: &Path, folder: &Path, kept: &BTreeSet<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.strip_prefix(top).unwrap_or(&path).to_string_lossy().into_owned();
        if path.is_dir() && !path.is_symlink() {
            if name != "target" {
                forget(top, &path, kept)?;
            }
        } else if !kept.contains(&name) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}
