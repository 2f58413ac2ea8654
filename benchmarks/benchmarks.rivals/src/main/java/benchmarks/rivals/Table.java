package benchmarks.rivals;

/** A table in Markdown; the last column says what part of the row's cost Tenon's is. */
final class Table {
  private final String title;
  private final String cost;
  private final String bytes;
  private final StringBuilder rows = new StringBuilder();

  Table(String title, String cost, String bytes) {
    this.title = title;
    this.cost = cost;
    this.bytes = bytes;
  }

  void row(String name, Figures figures, Figures tenon) {
    rows.append(
        "| %s | %.1f | %s | %.2f |%n"
            .formatted(
                name,
                figures.cost(),
                figures.bytes() > 0 ? "%,.0f".formatted(figures.bytes()) : "",
                tenon.cost() / figures.cost()));
  }

  void print() {
    System.out.printf(
        "%n| %s | %s | %s | Tenon's part |%n|---|---|---|---|%n%s", title, cost, bytes, rows);
  }
}
