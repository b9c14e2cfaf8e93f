internal import Language

/// A table of numbers to learn from: a column for each quantity, a row for each example.
package struct Examples: Hashable, Sendable {
  /// What the columns are called; no two are called the same.
  package let columns: [String]
  /// All numbers, row after row: one row is read at a time, and stands together in memory.
  package private(set) var numbers: [Double]
  /// How many rows there are.
  package let count: Int

  /// Numbers for some columns, row after row; those after the last whole row are left out.
  package init(columns: [String], numbers: [Double]) {
    self.columns = columns
    count = columns.isEmpty ? 0 : numbers.count / columns.count
    self.numbers = numbers
    self.numbers.removeLast(numbers.count - count * columns.count)
  }

  /// The numbers of one row, counted from 0; none where there is no such row.
  package subscript(row row: Int) -> ArraySlice<Double> {
    guard row >= 0, row < count else { return [] }
    return numbers[row * columns.count..<(row + 1) * columns.count]
  }

  /// The numbers of one column, counted from 0; none where there is no such column.
  package func column(_ column: Int) -> [Double] {
    guard columns.indices.contains(column) else { return [] }
    return (0..<count).map { numbers[$0 * columns.count + column] }
  }

  /// Where a name stands among the columns.
  package func place(of column: String) -> Int? { columns.firstIndex(of: column) }
}
