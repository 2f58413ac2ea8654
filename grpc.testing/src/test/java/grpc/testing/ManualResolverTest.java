package grpc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Status;
import grpc.resolver.manual.ManualResolver;
import grpc.spi.resolver.Resolver;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Here rather than beside it, because what it is tested with is built on it. */
class ManualResolverTest {
  private final List<String> heard = new ArrayList<>();
  private final ManualResolver resolver =
      new ManualResolver(
          "manual",
          new ManualResolver.Listener() {
            @Override
            public void resolveNow(Target target) {
              heard.add(target.endpoint() + " asks");
            }

            @Override
            public void answered(Target target, Status answer) {
              heard.add(target.endpoint() + " answers " + answer.code());
            }
          });
  private final FakeResolverContext a = new FakeResolverContext();
  private final FakeResolverContext b = new FakeResolverContext();

  private Resolver started(String endpoint, FakeResolverContext context) {
    var started = resolver.create(new Target("manual", "", endpoint), context);
    context.scheduler().execute(started::start);
    context.scheduler().run();
    return started;
  }

  private void run() {
    a.scheduler().run();
    b.scheduler().run();
  }

  @Test
  void updateBeforeTheStartIsPublishedAtTheStart() {
    resolver.update(Endpoints.of(1));
    try (var started = started("a", a)) {
      assertEquals(List.of(Endpoints.of(1)), a.published(), started::toString);
    }
  }

  @Test
  void nothingIsPublishedBeforeTheFirstUpdate() {
    try (var started = started("a", a)) {
      assertEquals(List.of(), a.published(), started::toString);
      resolver.update(Endpoints.of(1));
      run();
      assertEquals(List.of(Endpoints.of(1)), a.published());
    }
  }

  @Test
  void allChannelsHearUpdatesUntilTheyClose() {
    var first = started("a", a);
    var second = started("b", b);
    assertEquals(2, resolver.channels());
    resolver.update(Endpoints.of(1));
    run();
    first.close();
    resolver.update(Endpoints.of(2));
    run();
    assertEquals(List.of(Endpoints.of(1)), a.published());
    assertEquals(List.of(Endpoints.of(1), Endpoints.of(2)), b.published());
    second.close();
    assertEquals(0, resolver.channels());
  }

  @Test
  void oneThatWasReplacedAtOnceIsNotPublished() {
    try (var started = started("a", a)) {
      resolver.update(Endpoints.of(1));
      resolver.update(Endpoints.of(2));
      run();
      assertEquals(Endpoints.of(2), a.published().getFirst(), started::toString);
    }
  }

  @Test
  void failuresAndServiceConfigsArePublished() {
    try (var started = started("a", a)) {
      resolver.fail(Status.unavailable("registry down"));
      run();
      assertEquals(
          List.of(ResolverState.failed(Status.unavailable("registry down"))), a.published());
      resolver.updateWithConfig("{}", InetSocketAddress.createUnresolved("backend.test", 1));
      run();
      assertEquals(
          Endpoints.of(1).withServiceConfig("{}"), a.published().getLast(), started::toString);
    }
  }

  @Test
  void publisherHearsAnswersAndQuestionsOfEachChannel() {
    try (var first = started("a", a);
        var second = started("b", b)) {
      b.answer(Status.unavailable("no endpoints"));
      resolver.update();
      run();
      first.resolveNow();
      second.resolveNow();
    }
    assertEquals(List.of("a answers OK", "b answers UNAVAILABLE", "a asks", "b asks"), heard);
  }

  @Test
  void closedChannelAsksNothing() {
    var closed = started("a", a);
    closed.close();
    closed.resolveNow();
    assertEquals(List.of(), heard);
  }

  @Test
  void schemeThatNoTargetCanHaveIsRefused() {
    for (String bad : List.of("Backends", "my_backends", "", "1st", "-x", "a:b", "a/b", "\u00e4")) {
      var e = assertThrows(IllegalArgumentException.class, () -> new ManualResolver(bad), bad);
      assertTrue(e.getMessage().startsWith("scheme \"" + bad + "\": no target can have it"), bad);
      assertTrue(e.getMessage().contains("(expected: a lower-case letter"), e.getMessage());
    }
    for (String good : List.of("a", "my-backends", "b2", "x+y.z")) {
      assertEquals(good, new ManualResolver(good).scheme());
    }
  }
}
