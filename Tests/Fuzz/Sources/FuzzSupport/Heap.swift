import CMalloc

/// The memory of the process.
public enum Heap {
    /// The bytes in use; 0 where the system does not tell.
    public static var used: Int {
        #if canImport(Glibc)
        let info = mallinfo2()
        return Int(info.uordblks) + Int(info.hblkhd)
        #else
        return 0
        #endif
    }
}
