// SPDX-License-Identifier: Apache-2.0
package dev.drover.qa.arch;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.HierarchicalObjectRepository;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What the server's configuration says of message-driven beans, and what the embedded broker does with the addresses that
 * they listen on. The broker's layout is private to the resource adapter, and a RAR is on nobody's class path, so the
 * rules load it from the adapter's classes.
 */
record Messaging(Map<String, String> addressByBean, Map<String, AddressSettings> settings, Set<String> queues) {

    private static final Path CONFIGURATION =
            House.CHECKOUT.resolve("liberty-config/src/main/liberty/config/conf/messaging.xml");

    static Messaging read() throws Exception {
        Document xml = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(CONFIGURATION.toFile());
        Map<String, String> addresses = new HashMap<>();
        for (String kind : List.of("jmsQueue", "jmsTopic")) {
            elements(xml, kind)
                    .forEach(element -> addresses.put(element.getAttribute("id"), property(element, "address")));
        }
        Map<String, String> addressByBean = new HashMap<>();
        for (Element activation : elements(xml, "jmsActivationSpec")) {
            String id = activation.getAttribute("id");
            addressByBean.put(
                    id.substring(id.lastIndexOf('/') + 1),
                    String.valueOf(addresses.get(property(activation, "destinationRef"))));
        }
        try (URLClassLoader adapter = new URLClassLoader(
                new URL[] {House.BROKER.compiled().toUri().toURL()}, Messaging.class.getClassLoader())) {
            Class<?> layout = adapter.loadClass("dev.drover.broker.BrokerLayout");
            return new Messaging(addressByBean, settings(layout), queues(layout));
        }
    }

    /** The address that a bean listens on. */
    String addressOf(String bean) {
        String address = addressByBean.get(bean);
        if (address == null) {
            throw new AssertionError(bean + " has no jmsActivationSpec in " + CONFIGURATION);
        }
        return address;
    }

    /** As the broker puts them together: what the longest pattern leaves open comes from the shorter ones. */
    AddressSettings settingsOf(String address) {
        HierarchicalObjectRepository<AddressSettings> repository = new HierarchicalObjectRepository<>();
        settings.forEach(repository::addMatch);
        return repository.getMatch(address);
    }

    @SuppressWarnings("unchecked") // what the method returns
    private static Map<String, AddressSettings> settings(Class<?> layout) throws ReflectiveOperationException {
        return (Map<String, AddressSettings>) call(layout, "settings");
    }

    @SuppressWarnings("unchecked") // what the method returns
    private static Set<String> queues(Class<?> layout) throws ReflectiveOperationException {
        Set<String> names = new HashSet<>();
        ((List<CoreAddressConfiguration>) call(layout, "addresses")).forEach(address -> address.getQueueConfigs()
                .forEach(queue -> names.add(queue.getName().toString())));
        return names;
    }

    private static Object call(Class<?> type, String name) throws ReflectiveOperationException {
        Method method = type.getDeclaredMethod(name);
        method.setAccessible(true);
        return method.invoke(null);
    }

    private static String property(Element parent, String name) {
        NodeList properties = parent.getElementsByTagName("properties.broker");
        return ((Element) properties.item(0)).getAttribute(name);
    }

    private static List<Element> elements(Document xml, String name) {
        NodeList nodes = xml.getElementsByTagName(name);
        return java.util.stream.IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .toList();
    }
}
