internal import Engine
internal import Lessons

extension Session {
  /// What a lesson begins with: nothing but its seed.
  init(for lesson: Lesson) {
    self.init()
    if let seed = lesson.seed { random = RandomNumbers(seed: seed) }
  }

  /// Gets ready for a transcript, from the beginning where it says so; false where it is only to be looked at.
  mutating func isReady(
    for transcript: Transcript, from beginning: @autoclosure () -> Session
  ) -> Bool {
    if transcript.attributes.contains(.skip) { return false }
    if transcript.attributes.contains(.new) { self = beginning() }
    return true
  }
}
