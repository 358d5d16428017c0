package dev.semel.books.bank;

import java.io.ByteArrayInputStream;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Reads a CAMT.053 statement, entry by entry. A document with a DTD is refused, and nothing outside of it is ever asked for. */
final class CamtStatement {
    /** ISO's, and those under which SWIFT and the Austrian banks publish the same schema. */
    private static final Pattern NAMESPACE = Pattern.compile(
            "(urn:(iso:std:iso:20022:tech|swift):xsd:\\$?camt\\.053\\.001\\.[0-9]{2}|ISO:camt\\.053\\.001\\.[0-9]{2}:APC:STUZZA:.{1,40})");

    private CamtStatement() {}

    static void read(byte[] bytes, @Nullable String charset, LineReceiver receiver) {
        try {
            XMLStreamReader xml = charset == null
                    ? factory().createXMLStreamReader(new ByteArrayInputStream(bytes))
                    : factory().createXMLStreamReader(new ByteArrayInputStream(bytes), charset);
            read(xml, receiver);
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw StatementFiles.unreadable("The file is not well-formed XML.");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing is resolved");
        });
        return factory;
    }

    private static void read(XMLStreamReader xml, LineReceiver receiver) throws XMLStreamException {
        CamtCursor cursor = new CamtCursor(receiver);
        boolean first = true;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw StatementFiles.unreadable("Document types and entities are not taken.");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (first) {
                        requireStatement(xml);
                        first = false;
                    }
                    cursor.start(xml.getLocalName(), xml.getAttributeValue(null, "Ccy"));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> cursor.text(xml.getText());
                case XMLStreamConstants.END_ELEMENT -> cursor.end();
                default -> {
                    // Comments, blanks and instructions say nothing.
                }
            }
        }
    }

    private static void requireStatement(XMLStreamReader xml) {
        String namespace = xml.getNamespaceURI();
        if (namespace == null || !NAMESPACE.matcher(namespace).matches()) {
            throw StatementFiles.unreadable("The file is no CAMT.053 statement.");
        }
    }
}
