package grpc.testing.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.spi.resolver.ResolverProvider;
import grpc.spi.resolver.ResolverState;
import grpc.spi.resolver.Target;
import grpc.testing.FakeResolverContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The tests that every resolver must pass. All of them also check that it publishes on the
 * channel's serial executor only.
 */
public abstract class ResolverContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** For the subclass. */
  protected ResolverContract() {}

  /** {@return the resolver under test} */
  protected abstract ResolverProvider provider();

  /** {@return a target that can be resolved} */
  protected abstract Target target();

  /** {@return targets that can never be resolved; none unless overridden} */
  protected List<Target> badTargets() {
    return List.of();
  }

  /** Runs it on the channel's serial executor. */
  private static void on(FakeResolverContext context, Runnable event) {
    context.scheduler().execute(event);
    context.scheduler().run();
  }

  private static void awaitFirst(FakeResolverContext context) throws InterruptedException {
    context.scheduler().run();
    while (context.published().isEmpty()) {
      assertTrue(context.scheduler().await(PATIENCE), "it published nothing within " + PATIENCE);
    }
  }

  /** Schemes are compared in lower case (RFC 3986 §3.1). */
  @Test
  public void schemeIsLowerCase() {
    assertTrue(provider().scheme().matches("[a-z][a-z0-9+.-]*"), provider()::scheme);
    assertEquals(provider().scheme(), target().scheme(), "target() is of another scheme");
  }

  /** Every call carries an authority. */
  @Test
  public void authorityIsNotEmpty() {
    assertFalse(provider().authority(target()).isEmpty());
  }

  /** A resolver that was never started does no work. */
  @Test
  public void nothingIsPublishedBeforeTheStart() {
    var context = new FakeResolverContext();
    try (var resolver = provider().create(target(), context)) {
      context.scheduler().run();
      assertEquals(List.of(), context.published());
      assertEquals(0, context.scheduler().pendingTimers(), resolver::toString);
    }
  }

  /** A resolvable target is resolved. */
  @Test
  public void firstResolutionHasEndpoints() throws InterruptedException {
    var context = new FakeResolverContext();
    try (var resolver = provider().create(target(), context)) {
      on(context, resolver::start);
      awaitFirst(context);
      var first = assertInstanceOf(ResolverState.Resolved.class, context.published().getFirst());
      assertFalse(first.endpoints().isEmpty());
      first.endpoints().forEach(e -> assertFalse(e.addresses().isEmpty(), e::toString));
    }
  }

  /** Resolvers of one target live side by side. */
  @Test
  public void resolversDoNotShareTheirContexts() throws InterruptedException {
    var one = new FakeResolverContext();
    var other = new FakeResolverContext();
    try (var first = provider().create(target(), one);
        var second = provider().create(target(), other)) {
      on(one, first::start);
      awaitFirst(one);
      on(one, first::close);
      on(other, second::start);
      awaitFirst(other);
    }
  }

  /** A hint before the start or after the end has no effect. */
  @Test
  public void hintsAreTakenAtAnyTime() throws InterruptedException {
    var context = new FakeResolverContext();
    try (var resolver = provider().create(target(), context)) {
      on(context, resolver::start);
      on(context, resolver::resolveNow);
      awaitFirst(context);
      on(context, resolver::resolveNow);
      on(context, resolver::close);
      on(context, resolver::resolveNow);
    }
  }

  /** A closed resolver does not publish, even if work was under way. */
  @Test
  public void nothingIsPublishedAfterTheEnd() throws InterruptedException {
    var context = new FakeResolverContext();
    var resolver = provider().create(target(), context);
    on(context, resolver::start);
    on(context, resolver::resolveNow);
    on(context, resolver::close);
    on(context, resolver::close);
    int published = context.published().size();
    context.scheduler().await(Duration.ofMillis(100));
    context.scheduler().advance(Duration.ofHours(1));
    assertEquals(published, context.published().size());
    assertEquals(0, context.scheduler().pendingTimers(), "timers left behind");
  }

  /** A target that can never be resolved is an error at once, with the expected form. */
  @Test
  public void badTargetsAreRefused() {
    for (var target : badTargets()) {
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () -> provider().create(target, new FakeResolverContext()).close());
      assertTrue(e.toString().contains("expected"), e::toString);
    }
  }
}
