package grpc.resolver.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;

class SearchListTest {
  private static void candidates(SearchList search, String host, String... expected)
      throws Exception {
    var names = search.candidates(Name.fromString(host)).stream().map(Name::toString).toList();
    assertEquals(Arrays.asList(expected), names);
  }

  private static SearchList search(int ndots, String... domains) {
    return new SearchList(Arrays.stream(domains).map(Name::fromConstantString).toList(), ndots);
  }

  @Test
  void nameOfTooFewDotsIsTriedAsItIsAtLast() throws Exception {
    candidates(search(1, "one.test", "two.test."), "db", "db.one.test.", "db.two.test.", "db.");
    candidates(search(2, "one.test"), "db.x", "db.x.one.test.", "db.x.");
  }

  @Test
  void nameOfDotsIsTriedAsItIsAtFirst() throws Exception {
    candidates(search(1, "one.test"), "db.x", "db.x.", "db.x.one.test.");
    candidates(search(0, "one.test"), "db", "db.", "db.one.test.");
  }

  @Test
  void wholeNameIsInNoDomain() throws Exception {
    candidates(search(5, "one.test"), "db.x.", "db.x.");
  }

  @Test
  void noNameIsTriedTwice() throws Exception {
    candidates(search(1, "one.test", ".", "ONE.test"), "db", "db.one.test.", "db.");
  }

  @Test
  void nameThatGrowsTooLongIsLeftOut() throws Exception {
    var label = "a".repeat(63);
    var host = String.join(".", List.of(label, label, label));
    candidates(search(1, label), host, host + ".");
  }
}
