package grpc.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A choice that a builder offers, and where the kernel finds it.
 *
 * @param choice makes it
 * @param read gives what the kernel got
 * @param expected what that shall be
 * @param bad values that are refused with IllegalArgumentException
 * @param <B> the builder
 * @param <K> what the kernel got of it
 */
record BuilderOption<B, K>(
    UnaryOperator<B> choice,
    Function<K, Object> read,
    Object expected,
    List<UnaryOperator<B>> bad) {
  /** The choice reaches the kernel, which otherwise has another value; bad ones are refused. */
  void verify(Function<UnaryOperator<B>, K> build, B spare) {
    assertNotEquals(expected, read.apply(build.apply(builder -> builder)), "without the choice");
    assertEquals(expected, read.apply(build.apply(choice)));
    for (var value : bad) {
      assertThrows(IllegalArgumentException.class, () -> value.apply(spare));
    }
  }

  /** {@return the signatures of all choices that the builder offers} */
  static Map<String, Method> offered(Class<?> builder) {
    var methods = new TreeMap<String, Method>();
    for (var method : builder.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && method.getReturnType().equals(builder)) {
        var types = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
        methods.put(method.getName() + types, method);
      }
    }
    return methods;
  }

  /** Null in place of any object is refused at once. */
  static void verifyThatNullIsRefused(Method method, Object builder) {
    var types = method.getParameterTypes();
    if (Arrays.stream(types).allMatch(Class::isPrimitive)) {
      return;
    }
    var arguments =
        Arrays.stream(types)
            .map(type ->
                type.equals(boolean.class) ? (Object) true : type.isPrimitive() ? (Object) 1 : null)
            .toArray();
    var thrown =
        assertThrows(
            InvocationTargetException.class,
            () -> method.invoke(builder, arguments),
            method::toString);
    assertInstanceOf(NullPointerException.class, thrown.getCause(), method::toString);
  }

  /** {@return the value of a private field} */
  static Object field(Object of, String name) {
    try {
      var field = of.getClass().getDeclaredField(name);
      field.setAccessible(true);
      return Objects.requireNonNull(field.get(of), name);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no field " + name, e);
    }
  }
}
