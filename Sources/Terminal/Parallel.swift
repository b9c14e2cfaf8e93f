internal import Glibc
internal import Synchronization

/// Work that the processors of the machine share.
package enum Parallel {
  /// How many processors the machine has, as far as there is use for them.
  package static var processors: Int {
    min(max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))), 64)
  }

  /// What `work` makes of each number from 0 to `count - 1`, in order.
  package static func map<Result: Sendable>(
    _ count: Int, jobs: Int = processors, _ work: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    var results: [Result] = []
    results.reserveCapacity(max(0, count))
    inOrder(count, jobs: jobs, work) { results.append($0) }
    return results
  }

  /// Hands over what `work` makes of each number from 0 to `count - 1`, in order, as it gets done.
  ///
  /// Each number is taken by whoever of `jobs` threads is free, so what one does must not depend on
  /// another. `take` is called on the calling thread only; when it fails, nothing further is begun.
  package static func inOrder<Result: Sendable, Failure: Error>(
    _ count: Int, jobs: Int = processors, _ work: @escaping @Sendable (Int) -> Result,
    then take: (Result) throws(Failure) -> Void
  ) throws(Failure) {
    let shift = Shift(count, work)
    var threads: [pthread_t] = []
    for _ in 1..<max(1, min(jobs, count)) {
      var thread = pthread_t()
      let worker = Unmanaged<Worker>.passRetained(shift)
      let failure = pthread_create(
        &thread, nil,
        { pointer in
          if let pointer {
            let worker = Unmanaged<Worker>.fromOpaque(pointer).takeRetainedValue()
            while worker.workOnce() {}
          }
          return nil
        }, worker.toOpaque())
      // Without a further thread the others do its part.
      if failure == 0 { threads.append(thread) } else { worker.release() }
    }
    var refusal: Failure?
    func handOver() {
      while refusal == nil, let result = shift.next() {
        do throws(Failure) {
          try take(result)
        } catch {
          refusal = error
          shift.stop()
        }
      }
    }
    while shift.workOnce() { handOver() }
    for thread in threads { pthread_join(thread, nil) }
    handOver()
    if let refusal { throw refusal }
  }
}

/// What a thread does; a function pointer can know no type parameter.
private class Worker {
  /// Does one piece of the work; false when there is none left.
  func workOnce() -> Bool { false }
}

/// The numbers that are still to be worked on, and what came of the others.
private final class Shift<Result: Sendable>: Worker {
  private let count: Int
  private let work: @Sendable (Int) -> Result
  private let begun = Atomic(0)
  private let done: Mutex<(results: [Result?], handedOver: Int)>

  init(_ count: Int, _ work: @escaping @Sendable (Int) -> Result) {
    self.count = max(0, count)
    self.work = work
    done = Mutex(([Result?](repeating: nil, count: max(0, count)), 0))
  }

  override func workOnce() -> Bool {
    let (own, _) = begun.add(1, ordering: .relaxed)
    guard own < count else { return false }
    let result = work(own)
    done.withLock { $0.results[own] = result }
    return true
  }

  /// The next result in order, if it is there; it is forgotten here.
  func next() -> Result? {
    done.withLock { done in
      guard done.handedOver < count, let result = done.results[done.handedOver] else { return nil }
      done.results[done.handedOver] = nil
      done.handedOver += 1
      return result
    }
  }

  /// Lets nobody begin anything further.
  func stop() { begun.store(count, ordering: .relaxed) }
}
