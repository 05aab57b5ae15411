use globset::{Glob, GlobBuilder, GlobSet, GlobSetBuilder};
use toml::Spanned;

/// Globs as the shell reads them: `*` stops at a `/` and `**` does not. One without a `/` means a name in any folder, and one
/// that means a folder holds for everything in it.
#[derive(Clone, Debug, Default)]
pub struct Globs {
    set: GlobSet,
}

impl Globs {
    /// Reads them.
    ///
    /// # Errors
    /// What is wrong with the first that cannot be read.
    pub fn new<'a>(globs: impl IntoIterator<Item = &'a str>) -> Result<Globs, String> {
        let mut set = GlobSetBuilder::new();
        for glob in globs {
            for one in readings(glob).map_err(|error| format!("`{glob}` is no glob: {error}"))? {
                set.add(one);
            }
        }
        Ok(Globs { set: set.build().map_err(|error| error.to_string())? })
    }

    /// Whether one of them holds for a path with forward slashes.
    pub fn hold(&self, path: &str) -> bool {
        self.set.is_match(path)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty()
    }
}

/// What is wrong with a glob in a configuration, where paths are relative to its folder.
pub(super) fn fault(glob: &str) -> Option<String> {
    if glob.starts_with('/') || glob.starts_with("../") {
        return Some("paths are relative to the folder of this file, and nothing above it is meant".to_owned());
    }
    if glob.starts_with('!') {
        return Some("a glob cannot be turned round with `!`: name what is meant".to_owned());
    }
    if glob.trim_matches(['.', '/']).is_empty() {
        return Some("this names no file: `**` means every guide".to_owned());
    }
    readings(glob).err().map(|error| format!("this is no glob: {error}"))
}

/// Globs of a configuration that [`fault`] found nothing wrong with; none when the list is empty.
pub(super) fn settle(globs: &[Spanned<String>]) -> Option<Globs> {
    let read = || Globs::new(globs.iter().map(|it| it.get_ref().as_str())).unwrap_or_default();
    (!globs.is_empty()).then(read)
}

/// A glob for the path itself, and one for what lies below.
fn readings(glob: &str) -> Result<[Glob; 2], String> {
    let bare = glob.trim_start_matches("./").trim_end_matches('/');
    let anywhere = if bare.contains('/') { "" } else { "**/" };
    let read = |text: String| {
        let built = GlobBuilder::new(&text).literal_separator(true).build();
        built.map_err(|error| error.kind().to_string())
    };
    Ok([read(format!("{anywhere}{bare}"))?, read(format!("{anywhere}{bare}/**"))?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_means_what_the_shell_means() {
        let cases = [
            ("de/*.md", "de/a.md", true),
            ("de/*.md", "de/x/a.md", false),
            ("de/*.md", "a/de/a.md", false),
            ("./de/*.md", "de/a.md", true),
            ("de/**", "de/x/a.md", true),
            ("de/**", "de", false),
            ("de/**/a.md", "de/a.md", true),
            ("de/**/a.md", "de/x/y/a.md", true),
            ("**/a.md", "a.md", true),
            ("de", "de/x/a.md", true),
            ("de/", "x/de/a.md", true),
            ("de/x", "de/x/a.md", true),
            ("de/x", "de/xy/a.md", false),
            ("de/x", "de/x", true),
            ("a.md", "de/x/a.md", true),
            ("a.md", "de/ba.md", false),
            ("*.md", "de/x/a.md", true),
            ("*", "de/x/a.md", true),
            ("{de,at}/*.md", "at/a.md", true),
            ("{de,at}/*.md", "ch/a.md", false),
            ("[ad]e/?.md", "de/a.md", true),
            ("[!ad]e/?.md", "de/a.md", false),
            ("de/?.md", "de/ab.md", false),
            ("DE/*.md", "de/a.md", false),
        ];
        for (glob, path, held) in cases {
            assert_eq!(Globs::new([glob]).unwrap().hold(path), held, "{glob} and {path}");
        }
        assert!(!Globs::default().hold("a.md") && Globs::default().is_empty());
    }

    #[test]
    fn a_glob_that_could_never_hold_is_a_fault() {
        for glob in ["/de/a.md", "../a.md", "!de/**", "", ".", "./", "[", "{a"] {
            assert!(fault(glob).is_some(), "{glob}");
        }
        assert!(Globs::new(["a", "["]).unwrap_err().contains("`[` is no glob"));
        assert_eq!(fault("./de/**"), None);
    }
}
