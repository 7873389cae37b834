//! The shim between SQLite and the system's files. It is the default VFS of the process, so that the till's own code
//! runs unchanged on a disk that loses what was not flushed.
//!
//! It wraps SQLite's own file layer, which still does all the work, locks and shared memory included. A [`Disk`] is
//! told of every call for a file of its folder. After a power cut every call fails, except those that release
//! something. Flushes end here: the simulated disk remembers them, and the real disk does not flush.
//!
//! Written by hand over `rusqlite::ffi` because the crate for it, `sqlite-plugin`, needs libclang to
//! build and hides whether a deletion was flushed.

#![expect(unsafe_code, reason = "SQLite's file layer is a C interface")]

use std::collections::HashMap;
use std::ffi::{CStr, OsStr, c_char, c_int, c_void};
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};

use rusqlite::ffi;

use super::disk::{Disk, Failing, Flush};

static DISKS: Mutex<Option<HashMap<PathBuf, Arc<Disk>>>> = Mutex::new(None);
static REGISTER: Once = Once::new();

/// Puts SQLite's files in `folder` on `disk`.
pub fn mount(folder: &Path, disk: Arc<Disk>) {
    REGISTER.call_once(register);
    let mut disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks
        .get_or_insert_default()
        .insert(folder.to_owned(), disk);
}

/// Takes SQLite's files in `folder` off their disk.
pub fn unmount(folder: &Path) {
    let mut disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.get_or_insert_default().remove(folder);
}

fn disk_of(path: &Path) -> Option<Arc<Disk>> {
    let disks = DISKS.lock().unwrap_or_else(PoisonError::into_inner);
    disks.as_ref()?.get(path.parent()?).cloned()
}

/// An open file: ours, directly followed by SQLite's own.
#[repr(C)]
struct File {
    base: ffi::sqlite3_file,
    /// Owned; null for files that are on no simulated disk (temporary files, other folders).
    noted: *mut Noted,
}

struct Noted {
    disk: Arc<Disk>,
    path: PathBuf,
    /// The next flush of this file flushes its folder too. SQLite does so once for each journal and log that it opens
    /// for writing; the deletion of other files is durable from then on.
    folder_too: AtomicBool,
}

/// Files whose first flush flushes the folder (SQLite's `os_unix.c`, `UNIXFILE_DIRSYNC`).
const WITH_FOLDER: c_int =
    ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL;

const OFF: c_int = ffi::SQLITE_IOERR;

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 3 would add memory mapping, and writes through it would not be seen here.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

fn register() {
    // SAFETY: the default VFS lives as long as the process, and so does the copy of it that is leaked
    // here. The functions that stay SQLite's own do not look at the VFS they are called with.
    unsafe {
        let base = ffi::sqlite3_vfs_find(std::ptr::null());
        let Some(original) = base.as_ref() else {
            return;
        };
        let own_bytes = c_int::try_from(size_of::<File>()).unwrap_or(c_int::MAX);
        let shim = Box::leak(Box::new(ffi::sqlite3_vfs {
            szOsFile: own_bytes.saturating_add(original.szOsFile),
            pNext: std::ptr::null_mut(),
            zName: c"simulated-disk".as_ptr(),
            pAppData: base.cast(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            ..*original
        }));
        ffi::sqlite3_vfs_register(shim, 1);
    }
}

/// Calls a function of SQLite's own file layer, which implements all of them.
macro_rules! base {
    ($methods:expr, $name:ident($($argument:expr),*)) => {
        match $methods.$name {
            Some(function) => function($($argument),*),
            None => OFF,
        }
    };
}

/// Calls a method of SQLite's own file, which lies behind ours.
macro_rules! inner {
    ($file:expr, $name:ident($($argument:expr),*)) => {{
        // SAFETY (of the pointer arithmetic): `szOsFile` made room for SQLite's own file after ours.
        let inner = $file.cast::<File>().add(1).cast::<ffi::sqlite3_file>();
        match (*inner).pMethods.as_ref() {
            Some(methods) => base!(methods, $name(inner $(, $argument)*)),
            None => OFF,
        }
    }};
}

/// The same unless the power is off.
macro_rules! unless_off {
    ($file:expr, $($call:tt)*) => {
        if is_off($file) { OFF } else { inner!($file, $($call)*) }
    };
}

/// What the shim knows of a file.
///
/// # Safety
/// `file` was opened by [`open`] and not closed since.
unsafe fn noted<'f>(file: *mut ffi::sqlite3_file) -> Option<&'f Noted> {
    // SAFETY: as the caller guarantees; `noted` is null or owned by the open file.
    unsafe { (*file.cast::<File>()).noted.as_ref() }
}

/// # Safety
/// As [`noted`].
unsafe fn is_off(file: *mut ffi::sqlite3_file) -> bool {
    // SAFETY: as the caller guarantees.
    unsafe { noted(file) }.is_some_and(|noted| noted.disk.call().is_err())
}

/// # Safety
/// As [`noted`].
unsafe fn is_not_writable(file: *mut ffi::sqlite3_file) -> bool {
    // SAFETY: as the caller guarantees.
    unsafe { noted(file) }.is_some_and(|noted| {
        noted.disk.is_failing(Failing::Writes) || noted.disk.is_failing(Failing::Anything)
    })
}

/// # Safety
/// `name` is null or a C string.
unsafe fn path_of<'n>(name: *const c_char) -> Option<&'n Path> {
    if name.is_null() {
        return None;
    }
    // SAFETY: as the caller guarantees.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes();
    Some(Path::new(OsStr::from_bytes(bytes)))
}

// SQLite calls all functions below with the pointers that its documentation of `sqlite3_vfs` and
// `sqlite3_io_methods` describes.

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: see above; `pAppData` is the VFS behind ours.
    unsafe {
        (*file).pMethods = std::ptr::null();
        let base = (*vfs).pAppData.cast::<ffi::sqlite3_vfs>();
        let noted = path_of(name).and_then(|path| {
            let (disk, path) = (disk_of(path)?, path.to_owned());
            let folder_too = flags & ffi::SQLITE_OPEN_CREATE != 0 && flags & WITH_FOLDER != 0;
            let folder_too = AtomicBool::new(folder_too);
            Some(Noted {
                disk,
                path,
                folder_too,
            })
        });
        if noted
            .as_ref()
            .is_some_and(|noted| noted.disk.call().is_err())
        {
            return OFF;
        }
        // What SQLite's own layer does when the system refuses to open for writing (`os_unix.c`, EROFS).
        let is_read_only = noted
            .as_ref()
            .is_some_and(|noted| noted.disk.is_failing(Failing::Anything));
        let flags = if is_read_only {
            let writing = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE;
            (flags & !writing) | ffi::SQLITE_OPEN_READONLY
        } else {
            flags
        };
        let before = noted
            .as_ref()
            .and_then(|noted| std::fs::read(&noted.path).ok());
        let inner = file.cast::<File>().add(1).cast::<ffi::sqlite3_file>();
        let result = base!((*base), xOpen(base, name, inner, flags, out_flags));
        if result != ffi::SQLITE_OK {
            return result;
        }
        if let Some(Noted { disk, path, .. }) = &noted {
            disk.opened(path, before);
        }
        let noted = noted.map_or(std::ptr::null_mut(), |noted| Box::into_raw(Box::new(noted)));
        (*file.cast::<File>()).noted = noted;
        (*file).pMethods = &raw const METHODS;
        ffi::SQLITE_OK
    }
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flush_folder: c_int,
) -> c_int {
    // SAFETY: see above.
    unsafe {
        let base = (*vfs).pAppData.cast::<ffi::sqlite3_vfs>();
        let path = path_of(name);
        let disk = path.and_then(disk_of);
        if disk.as_ref().is_some_and(|disk| disk.call().is_err()) {
            return OFF;
        }
        if disk
            .as_ref()
            .is_some_and(|disk| disk.is_failing(Failing::Anything))
        {
            return ffi::SQLITE_IOERR_DELETE;
        }
        // The simulated disk flushes the folder, the real one does not.
        let result = base!((*base), xDelete(base, name, 0));
        if let (ffi::SQLITE_OK, Some(disk), Some(path)) = (result, disk, path) {
            disk.deleted(path, flush_folder != 0);
        }
        result
    }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: see above.
    unsafe {
        let base = (*vfs).pAppData.cast::<ffi::sqlite3_vfs>();
        let disk = path_of(name).and_then(disk_of);
        if disk.is_some_and(|disk| disk.call().is_err()) {
            return OFF;
        }
        base!((*base), xAccess(base, name, flags, out))
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: see above; the file is not used after this.
    unsafe {
        let result = inner!(file, xClose());
        let noted = std::mem::replace(&mut (*file.cast::<File>()).noted, std::ptr::null_mut());
        if !noted.is_null() {
            drop(Box::from_raw(noted));
        }
        result
    }
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    bytes: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: see above.
    unsafe { unless_off!(file, xRead(into, bytes, at)) }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: see above; `from` points to `bytes` bytes.
    unsafe {
        if is_off(file) {
            return OFF;
        }
        if is_not_writable(file) {
            return ffi::SQLITE_IOERR_WRITE;
        }
        let result = inner!(file, xWrite(from, bytes, at));
        if let (ffi::SQLITE_OK, Some(noted)) = (result, noted(file))
            && let (Ok(count), Ok(at)) = (usize::try_from(bytes), usize::try_from(at))
        {
            let written = std::slice::from_raw_parts(from.cast::<u8>(), count);
            noted.disk.wrote(&noted.path, at, written);
        }
        result
    }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: ffi::sqlite3_int64) -> c_int {
    // SAFETY: see above.
    unsafe {
        if is_off(file) {
            return OFF;
        }
        if is_not_writable(file) {
            return ffi::SQLITE_IOERR_TRUNCATE;
        }
        let result = inner!(file, xTruncate(length));
        if let (ffi::SQLITE_OK, Some(noted), Ok(length)) =
            (result, noted(file), usize::try_from(length))
        {
            noted.disk.resized(&noted.path, length);
        }
        result
    }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: see above.
    unsafe {
        match noted(file) {
            None => inner!(file, xSync(flags)),
            Some(_) if is_off(file) => OFF,
            Some(noted) if noted.disk.is_failing(Failing::Flushes) => {
                noted.disk.flush_failed(&noted.path);
                ffi::SQLITE_IOERR_FSYNC
            }
            Some(noted) => {
                let folder = noted.folder_too.swap(false, Ordering::Relaxed);
                noted.disk.flushed(&noted.path, folder);
                ffi::SQLITE_OK
            }
        }
    }
}

unsafe extern "C" fn file_size(
    file: *mut ffi::sqlite3_file,
    out: *mut ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: see above.
    unsafe { unless_off!(file, xFileSize(out)) }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: see above.
    unsafe { unless_off!(file, xLock(level)) }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: see above.
    unsafe { inner!(file, xUnlock(level)) }
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: see above.
    unsafe { inner!(file, xCheckReservedLock(out)) }
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    what: c_int,
    argument: *mut c_void,
) -> c_int {
    // SAFETY: see above.
    unsafe {
        if what == ffi::SQLITE_FCNTL_PRAGMA
            && noted(file).is_some_and(|noted| noted.disk.flush == Flush::Normal)
        {
            weaken(argument.cast());
        }
        inner!(file, xFileControl(what, argument))
    }
}

/// Turns `PRAGMA synchronous=FULL` into `=NORMAL` before SQLite reads it. So the control differs from the test in this
/// setting alone, and neither in the till nor in the disk.
///
/// # Safety
/// `words` is the argument of `SQLITE_FCNTL_PRAGMA`: four pointers, the second the pragma's name, the
/// third its value, in memory that SQLite allocated for this statement.
unsafe fn weaken(words: *mut *mut c_char) {
    // SAFETY: as the caller guarantees; what is written is shorter than what is there.
    unsafe {
        let (name, value) = (*words.add(1), *words.add(2));
        if name.is_null() || value.is_null() {
            return;
        }
        let is = |text: *mut c_char, word: &str| {
            CStr::from_ptr(text)
                .to_bytes()
                .eq_ignore_ascii_case(word.as_bytes())
        };
        if is(name, "synchronous") && is(value, "FULL") {
            // 1 is NORMAL.
            for (place, byte) in c"1".to_bytes_with_nul().iter().enumerate() {
                value.add(place).write(c_char::from_ne_bytes([*byte]));
            }
        }
    }
}

unsafe extern "C" fn sector_size(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: see above.
    unsafe { inner!(file, xSectorSize()) }
}

unsafe extern "C" fn device_characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: see above.
    unsafe { inner!(file, xDeviceCharacteristics()) }
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    bytes: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: see above.
    unsafe { unless_off!(file, xShmMap(region, bytes, extend, out)) }
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    offset: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: see above.
    unsafe {
        let gives_back = flags & ffi::SQLITE_SHM_UNLOCK != 0;
        if !gives_back && is_off(file) {
            return OFF;
        }
        inner!(file, xShmLock(offset, count, flags))
    }
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as in `inner!`; this method returns nothing.
    unsafe {
        let inner = file.cast::<File>().add(1).cast::<ffi::sqlite3_file>();
        if let Some(barrier) = (*inner)
            .pMethods
            .as_ref()
            .and_then(|methods| methods.xShmBarrier)
        {
            barrier(inner);
        }
    }
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    // SAFETY: see above.
    unsafe { inner!(file, xShmUnmap(delete)) }
}
