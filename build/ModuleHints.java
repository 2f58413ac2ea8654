import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Makes the kernel's modules.properties from the properties of bom/pom.xml: which module has which
 * provider. Each module must be one that the BOM lists.
 */
void main(String[] args) throws Exception {
  var bom =
      DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Path.of(args[0]).toFile());
  var listed = new HashSet<String>();
  var artifacts = bom.getElementsByTagName("artifactId");
  for (int i = 0; i < artifacts.getLength(); i++) {
    listed.add(artifacts.item(i).getTextContent());
  }
  var lines = new ArrayList<String>();
  var properties = bom.getElementsByTagName("properties").item(0).getChildNodes();
  for (int i = 0; i < properties.getLength(); i++) {
    if (properties.item(i) instanceof Element property) {
      String value = property.getTextContent().strip();
      boolean isModule = !property.getTagName().startsWith("address.") && !value.equals("none");
      if (isModule && !listed.contains(value)) {
        System.err.printf(
            "%s: %s is %s (expected: a module that the BOM lists, or none)%n",
            args[0], property.getTagName(), value);
        System.exit(1);
      }
      lines.add(property.getTagName() + "=" + value);
    }
  }
  var file = Path.of(args[1]);
  Files.createDirectories(file.getParent());
  if (!Files.exists(file) || !Files.readAllLines(file).equals(lines)) {
    Files.write(file, lines);
  }
}
