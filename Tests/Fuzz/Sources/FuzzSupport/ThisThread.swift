import Synchronization

/// Runs async code to its end on the calling thread, so that a fuzzer sees each step at its place.
public enum ThisThread {
    /// Ends the program if the code waits for anything but its own tasks.
    public static func run<Result: Sendable>(_ body: @escaping @Sendable () async -> Result) -> Result {
        let queue = JobQueue()
        let box = Box<Result>()
        Task(executorPreference: queue) { box.put(await body()) }
        while queue.runNext() {}
        guard let result = box.content else { fatalError("it waits for what is not there") }
        return result
    }
}

private final class Box<Content: Sendable>: Sendable {
    private let state = Mutex<Content?>(nil)

    var content: Content? { state.withLock(\.self) }

    func put(_ content: Content) { state.withLock { $0 = content } }
}

private final class JobQueue: TaskExecutor {
    private let jobs = Mutex<[UnownedJob]>([])

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        jobs.withLock { $0.append(job) }
    }

    /// Runs the job that has waited longest; false if there is none.
    func runNext() -> Bool {
        guard let job = jobs.withLock({ $0.isEmpty ? nil : $0.removeFirst() }) else { return false }
        job.runSynchronously(on: asUnownedTaskExecutor())
        return true
    }
}
