package grpc.protoc;

import java.util.Set;

/** Converts names of a .proto file to Java names. */
final class Names {
  /** Keywords, literals, the methods of Object, and the own methods of generated classes. */
  private static final Set<String> RESERVED_METHODS =
      Set.of(
          ("_ abstract assert boolean break byte case catch char class const continue default do"
               + " double else enum extends final finally float for goto if implements import"
               + " instanceof int interface long native new package private protected public return"
               + " short static strictfp super switch synchronized this throw throws transient try"
               + " void volatile while true false null yield clone equals finalize getClass"
               + " hashCode notify notifyAll toString wait with definition")
              .split(" "));

  private Names() {}

  /** {@return a method name that any class may declare} */
  static String method(String protoName) {
    String camel = upperCamel(protoName);
    String name =
        camel.isEmpty() || isDigit(camel.charAt(0))
            ? "_" + camel
            : Character.toLowerCase(camel.charAt(0)) + camel.substring(1);
    return RESERVED_METHODS.contains(name) ? name + "_" : name;
  }

  /** {@return SAY_HELLO for SayHello, sayHello and say_hello; URL_FETCH for URLFetch} */
  static String constant(String protoName) {
    var name = new StringBuilder();
    for (int i = 0; i < protoName.length(); i++) {
      char c = protoName.charAt(i);
      if (Character.isUpperCase(c) && startsWord(protoName, i)) {
        name.append('_');
      }
      name.append(Character.toUpperCase(c));
    }
    return name.toString().equals("_") ? "__" : name.toString(); // the first is a keyword (JLS 3.9)
  }

  /**
   * {@return the name without underscores, each part with a capital first, as in protoc; empty if
   * the name has only underscores}
   */
  static String upperCamel(String protoName) {
    var name = new StringBuilder();
    boolean capital = true;
    for (int i = 0; i < protoName.length(); i++) {
      char c = protoName.charAt(i);
      if (isLetter(c)) {
        name.append(capital ? Character.toUpperCase(c) : c);
        capital = false;
      } else {
        if (isDigit(c)) {
          name.append(c);
        }
        capital = true;
      }
    }
    return name.toString();
  }

  private static boolean startsWord(String name, int i) {
    if (i == 0 || name.charAt(i - 1) == '_') {
      return false;
    }
    boolean afterCapital = Character.isUpperCase(name.charAt(i - 1));
    boolean beforeSmall = i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1));
    return !afterCapital || beforeSmall;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
