package dev.wonflow.web.json;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.io.IOContext;
import tools.jackson.core.io.InputDecorator;

/**
 * Lets only UTF-8 through, in which each character has one form. Jackson itself also reads longer forms, and UTF-16 and
 * UTF-32; what another reader takes for harmless bytes could so become a quotation mark here.
 */
public final class StrictUtf8 extends InputDecorator {

    private static final long serialVersionUID = 1L;

    @Override
    public InputStream decorate(IOContext context, InputStream in) {
        try {
            byte[] document = in.readAllBytes();
            return checked(document, 0, document.length);
        } catch (IOException e) {
            throw JacksonIOException.construct(e);
        }
    }

    @Override
    public InputStream decorate(IOContext context, byte[] document, int offset, int length) {
        try {
            return checked(document, offset, length);
        } catch (CharacterCodingException e) {
            throw JacksonIOException.construct(e);
        }
    }

    @Override
    public Reader decorate(IOContext context, Reader in) {
        return in;
    }

    private static InputStream checked(byte[] document, int offset, int length) throws CharacterCodingException {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(document, offset, length));
        for (int i = offset; i < offset + length; i++) {
            // No character of JSON, and what half the bytes of UTF-16 are.
            if (document[i] == 0) {
                throw new MalformedInputException(1);
            }
        }
        return new ByteArrayInputStream(document, offset, length);
    }
}
