#include "assignment.hpp"

#include <algorithm>
#include <limits>

namespace pitchblende::bench {

double heaviest_assignment(const std::vector<std::vector<double>>& weights) {
  const size_t rows = weights.size();
  const size_t columns = rows + (weights.empty() ? 0 : weights.front().size());  // a column of its own: unassigned
  const auto cost = [&](size_t row, size_t column) {
    return column < columns - rows ? -std::max(weights[row][column], 0.0) : 0.0;
  };
  constexpr double k_far = std::numeric_limits<double>::infinity();
  std::vector<double> of_row(rows + 1);
  std::vector<double> of_column(columns + 1);
  std::vector<size_t> row_of(columns + 1, 0);  // 1-based; 0: free
  for (size_t row = 1; row <= rows; ++row) {
    std::vector<double> least(columns + 1, k_far);
    std::vector<size_t> before(columns + 1, 0);
    std::vector<bool> used(columns + 1);
    size_t at = 0;
    row_of[0] = row;
    do {
      used[at] = true;
      const size_t from = row_of[at];
      double delta = k_far;
      size_t next = 0;
      for (size_t column = 1; column <= columns; ++column) {
        if (used[column]) {
          continue;
        }
        const double reduced = cost(from - 1, column - 1) - of_row[from] - of_column[column];
        if (reduced < least[column]) {
          least[column] = reduced;
          before[column] = at;
        }
        if (least[column] < delta) {
          delta = least[column];
          next = column;
        }
      }
      for (size_t column = 0; column <= columns; ++column) {
        if (used[column]) {
          of_row[row_of[column]] += delta;
          of_column[column] -= delta;
        } else {
          least[column] -= delta;
        }
      }
      at = next;
    } while (row_of[at] != 0);
    for (; at != 0; at = before[at]) {
      row_of[at] = row_of[before[at]];
    }
  }
  return of_column[0];
}

}  // namespace pitchblende::bench
