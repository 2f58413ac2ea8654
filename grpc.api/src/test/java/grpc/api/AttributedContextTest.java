package grpc.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A context with attributes is the call's own in all else. */
class AttributedContextTest {
  private static final Attributes.Key<String> USER = Attributes.Key.of("user");
  private static final Attributes.Key<Integer> TENANT = Attributes.Key.of("tenant");

  /** A value for each type that a context takes or gives. */
  private static final List<Object> VALUES =
      List.of(
          MethodDescriptor.of("a.B/C", MethodType.UNARY, byte[].class, byte[].class, "raw"),
          "a text",
          Metadata.of(MetadataKey.text("a"), "1"),
          Optional.of(Deadline.after(Duration.ofHours(1))),
          Peer.of(
              InetSocketAddress.createUnresolved("a", 1),
              InetSocketAddress.createUnresolved("b", 2)),
          true,
          (Runnable) () -> {},
          (CallContext.Registration) () -> {});

  private final List<String> calls = new ArrayList<>();
  private final CallContext call =
      (CallContext)
          Proxy.newProxyInstance(
              CallContext.class.getClassLoader(), new Class<?>[] {CallContext.class}, this::called);

  private Object called(Object proxy, Method method, Object[] arguments) throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (method.getName().equals("attributes")) {
      return Attributes.EMPTY;
    }
    calls.add(method.getName() + Arrays.toString(arguments));
    return method.getReturnType() == void.class ? null : value(method.getReturnType());
  }

  private static Object value(Class<?> type) {
    var boxed = type == boolean.class ? Boolean.class : type;
    return VALUES.stream()
        .filter(boxed::isInstance)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no value of " + type + ": add one"));
  }

  private static Stream<Method> allThatBelongToTheCall() {
    return Arrays.stream(CallContext.class.getDeclaredMethods())
        .filter(m -> !Modifier.isStatic(m.getModifiers()) && !m.isDefault() && !m.isSynthetic())
        .filter(m -> !m.getName().equals("attributes"));
  }

  @ParameterizedTest
  @MethodSource
  void allThatBelongToTheCall(Method method) throws Exception {
    var context = call.with(USER, "ada");
    var arguments =
        Arrays.stream(method.getParameterTypes()).map(AttributedContextTest::value).toArray();
    Object result = method.invoke(context, arguments);
    Object[] passed = arguments.length == 0 ? null : arguments;
    assertEquals(List.of(method.getName() + Arrays.toString(passed)), calls);
    assertSame(method.getReturnType() == void.class ? null : value(method.getReturnType()), result);
  }

  @Test
  void eachHasTheAttributesOfTheOnesBefore() {
    var one = call.with(USER, "ada");
    var two = one.with(TENANT, 7);
    var three = two.with(USER, "bob");
    assertEquals(Attributes.EMPTY, call.attributes());
    assertEquals(Attributes.EMPTY.with(USER, "ada"), one.attributes());
    assertEquals(Attributes.EMPTY.with(USER, "ada").with(TENANT, 7), two.attributes());
    assertEquals(Attributes.EMPTY.with(USER, "bob").with(TENANT, 7), three.attributes());
  }

  /** So that many interceptors do not make a call's context slow. */
  @Test
  void aSecondAttributeWrapsNoSecondTime() {
    var context = (AttributedContext) call.with(USER, "ada").with(TENANT, 7);
    assertSame(call, context.call());
  }
}
