package integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import grpc.api.Attributes;
import grpc.api.Metadata;
import grpc.api.MetadataKey;
import grpc.api.MethodDefinition;
import grpc.api.MethodHandler;
import grpc.api.Peer;
import grpc.api.Status;
import grpc.api.UnaryResponse;
import grpc.spi.balancer.DoneInfo;
import grpc.spi.balancer.PickResult;
import grpc.spi.observe.ServerCallStart;
import grpc.spi.resolver.Endpoint;
import grpc.spi.resolver.ResolverState;
import grpc.spi.transport.RequestHeaders;
import grpc.spi.transport.ResponseHeaders;
import grpc.spi.transport.StreamEnd;
import grpc.spi.transport.StreamOptions;
import grpc.testing.Endpoints;
import grpc.testing.FakeChannel;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The values that cross the borders: each {@code withX} changes {@code x} and no other field. */
class CarriersTest {
  private static final Attributes OTHERS =
      Attributes.EMPTY.with(Attributes.Key.of("zone"), "other");
  private static final Peer PEER =
      Peer.of(Endpoints.address(1).socketAddress(), Endpoints.address(2).socketAddress());

  /**
   * What a {@code with…} is given, by the type of its parameter; no carrier here has one of them.
   */
  private static final Map<Class<?>, Object> OTHER =
      Map.of(
          String.class,
          "other",
          long.class,
          7L,
          Metadata.class,
          Metadata.of(MetadataKey.text("other"), "1"),
          Attributes.class,
          OTHERS,
          Status.class,
          Status.notFound("other"),
          Peer.class,
          PEER,
          Object.class,
          "another message",
          Consumer.class,
          (Consumer<Object>) done -> {});

  static List<Object> carriers() {
    var addresses = List.of(Endpoints.address(1), Endpoints.address(2));
    MethodHandler.Unary<byte[], byte[]> same = request -> request;
    return List.of(
        UnaryResponse.of("message"),
        MethodDefinition.of(Echo.UNARY, same),
        DoneInfo.of(Status.OK),
        PickResult.complete(new FakeChannel().newSubConn(addresses.get(0), (s, now) -> {})),
        ServerCallStart.of(Echo.UNARY, Metadata.EMPTY, PEER),
        addresses.get(0),
        Endpoint.of(addresses),
        ResolverState.resolved(List.of(Endpoint.of(addresses))),
        ResolverState.badServiceConfig(List.of(), "not JSON"),
        RequestHeaders.of("/a/b", "authority", 1, "proto", "gzip", "br", Metadata.EMPTY),
        ResponseHeaders.of("proto", "gzip", "br", Metadata.EMPTY),
        StreamEnd.of(Status.OK),
        StreamOptions.of(1));
  }

  @ParameterizedTest
  @MethodSource("carriers")
  void eachWithChangesItsFieldAlone(Object carrier) throws ReflectiveOperationException {
    var withs =
        Arrays.stream(carrier.getClass().getMethods())
            .filter(m -> m.getName().startsWith("with") && m.getParameterCount() == 1)
            .toList();
    assertTrue(!withs.isEmpty());
    for (var with : withs) {
      var field = field(with);
      var expected = new TreeMap<>(fields(carrier));
      var value = other(with, expected.get(field));
      expected.put(field, expected.get(field) instanceof Optional ? Optional.of(value) : value);
      assertEquals(expected, fields(with.invoke(carrier, value)), with::toString);
    }
  }

  /** The field that it changes; the JSON of a service config is the only one of another name. */
  private static String field(Method with) {
    var name = with.getName().substring("with".length());
    return name.equals("ServiceConfig")
        ? "serviceConfigJson"
        : name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private static Object other(Method with, Object now) {
    var type = with.getParameterTypes()[0];
    if (type == boolean.class) {
      return !((boolean) now);
    }
    if (type == List.class) {
      return with.getDeclaringClass() == Endpoint.class
          ? List.of(Endpoints.address(9))
          : List.of(Endpoint.of(Endpoints.address(9)));
    }
    return OTHER.get(type);
  }

  private static Map<String, Object> fields(Object carrier) throws ReflectiveOperationException {
    var fields = new TreeMap<String, Object>();
    for (var method : carrier.getClass().getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && method.getParameterCount() == 0
          && !List.of("hashCode", "toString").contains(method.getName())) {
        fields.put(method.getName(), method.invoke(carrier));
      }
    }
    return fields;
  }
}
