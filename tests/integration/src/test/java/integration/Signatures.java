package integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ResolvedModule;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The signatures that a module exports, as text: each public type, and below it one line for each
 * member that other modules can use. Types are written without their packages, and {@code public}
 * is left out.
 */
final class Signatures {
  private static final Pattern PACKAGES = Pattern.compile("\\b(?:[a-z]\\w*\\.)+(?=[A-Z])");
  private static final Set<String> MADE_BY_PROTOC =
      Set.of("grpc.codec.protobuf.rpc", "grpc.service.health.proto");
  private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");
  private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");

  private Signatures() {}

  /** {@return the signatures of a module of the boot layer; no lines when it exports no package} */
  static List<String> of(String module) {
    var resolved =
        ModuleLayer.boot()
            .configuration()
            .findModule(module)
            .orElseThrow(() ->
                new IllegalStateException(
                    module + " is not on the module path: add it to tests/integration/pom.xml"));
    var exported =
        resolved.reference().descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(Exports::source)
            .filter(name -> !MADE_BY_PROTOC.contains(name))
            .collect(Collectors.toSet());
    var types = new TreeMap<String, Class<?>>();
    classes(resolved)
        .filter(type -> exported.contains(type.getPackageName()) && isVisible(type))
        .forEach(type -> types.put(type.getName(), type));
    return types.values().stream().flatMap(Signatures::lines).toList();
  }

  private static Stream<Class<?>> classes(ResolvedModule resolved) {
    var loader = ModuleLayer.boot().findLoader(resolved.name());
    try (var reader = resolved.reference().open()) {
      return reader
          .list()
          .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .<Class<?>>map(name -> load(loader, name))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Class<?> load(ClassLoader loader, String name) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return !type.isAnonymousClass()
        && !type.isLocalClass()
        && isVisible(type.getModifiers(), outer == null ? type : outer)
        && (outer == null || isVisible(outer));
  }

  private static boolean isVisible(int modifiers, Class<?> owner) {
    return Modifier.isPublic(modifiers)
        || Modifier.isProtected(modifiers) && !Modifier.isFinal(owner.getModifiers());
  }

  private static Stream<String> lines(Class<?> type) {
    return Stream.concat(
        Stream.of(header(type)), members(type, type).map(line -> "  " + line).distinct().sorted());
  }

  private static String header(Class<?> type) {
    var header = new StringBuilder(type.toGenericString());
    if (type.getGenericSuperclass() instanceof Type parent && !isImplied(parent)) {
      header.append(" extends ").append(parent.getTypeName());
    }
    if (type.getGenericInterfaces().length > 0) {
      header.append(type.isInterface() ? " extends " : " implements ");
      header.append(list(type.getGenericInterfaces()));
    }
    if (type.isSealed()) {
      header.append(" permits ").append(list(type.getPermittedSubclasses()));
    }
    return (type.isAnnotationPresent(FunctionalInterface.class) ? "@FunctionalInterface " : "")
        + plain(header.toString());
  }

  private static boolean isImplied(Type parent) {
    return Set.of("java.lang.Object", "java.lang.Record").contains(parent.getTypeName())
        || parent.getTypeName().startsWith("java.lang.Enum<");
  }

  private static String list(Type... types) {
    return Arrays.stream(types).map(Type::getTypeName).collect(Collectors.joining(", "));
  }

  /** Those that a type inherits from types that other modules cannot see count as its own. */
  private static Stream<String> members(Class<?> type, Class<?> owner) {
    var own =
        Stream.of(type.getDeclaredFields(), type.getDeclaredMethods(), constructors(type, owner))
            .<Member>flatMap(Arrays::stream)
            .filter(m -> !m.isSynthetic() && isVisible(m.getModifiers(), owner))
            .filter(m -> !isEverywhere(m))
            .map(m -> plain(text(m).replace(type.getTypeName() + "." + m.getName(), m.getName())));
    var inherited =
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
            .filter(parent -> parent.getModule().equals(type.getModule()) && !isVisible(parent))
            .flatMap(parent -> members(parent, owner));
    return Stream.concat(own, inherited);
  }

  private static Executable[] constructors(Class<?> type, Class<?> owner) {
    return type.equals(owner) ? type.getDeclaredConstructors() : new Executable[0];
  }

  private static boolean isEverywhere(Member member) {
    return member instanceof Method method
        && (OF_EVERY_OBJECT.contains(method.getName())
            || method.getDeclaringClass().isEnum() && OF_EVERY_ENUM.contains(method.getName()));
  }

  private static String text(Member member) {
    return switch (member) {
      case Executable executable -> executable.toGenericString();
      case Field field -> field.toGenericString();
      default -> throw new IllegalArgumentException(member.toString());
    };
  }

  private static String plain(String signature) {
    return PACKAGES
        .matcher(signature)
        .replaceAll("")
        .replace('$', '.')
        .replaceAll(",(?=\\S)", ", ")
        .replaceAll("\\bpublic |abstract (?=.*interface )", "");
  }
}
