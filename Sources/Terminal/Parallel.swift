internal import Glibc
internal import Synchronization

/// Work that the processors of the machine share.
package enum Parallel {
  /// What `work` makes of each number from 0 to `count - 1`, in order.
  ///
  /// Each number is taken by whoever is free; what one does must not depend on another.
  package static func map<Result: Sendable>(
    _ count: Int, _ work: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    let shift = Shift(count, work)
    let processors = max(1, min(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16))
    var threads: [pthread_t] = []
    for _ in 1..<max(1, min(processors, count)) {
      var thread = pthread_t()
      let worker = Unmanaged<Worker>.passRetained(shift)
      let failure = pthread_create(
        &thread, nil,
        { pointer in
          if let pointer { Unmanaged<Worker>.fromOpaque(pointer).takeRetainedValue().run() }
          return nil
        }, worker.toOpaque())
      // Without a further thread the others do its part.
      if failure == 0 { threads.append(thread) } else { worker.release() }
    }
    shift.run()
    for thread in threads { pthread_join(thread, nil) }
    return shift.results
  }
}

/// What a thread does; a function pointer can know no type parameter.
private class Worker {
  func run() {}
}

/// The numbers that are still to be worked on, and what came of the others.
private final class Shift<Result: Sendable>: Worker {
  private let count: Int
  private let work: @Sendable (Int) -> Result
  private let next = Atomic(0)
  private let done: Mutex<[Result?]>

  init(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) {
    self.count = count
    self.work = work
    done = Mutex([Result?](repeating: nil, count: max(0, count)))
  }

  override func run() {
    while true {
      let (own, _) = next.add(1, ordering: .relaxed)
      guard own < count else { return }
      let result = work(own)
      done.withLock { $0[own] = result }
    }
  }

  var results: [Result] { done.withLock { $0.compactMap { $0 } } }
}
