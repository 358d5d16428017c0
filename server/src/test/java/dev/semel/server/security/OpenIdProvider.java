package dev.semel.server.security;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** As much of an OpenID provider as issues tokens that can be verified. */
final class OpenIdProvider implements AutoCloseable {
    private final HttpServer server;
    private final KeyPair keys;

    OpenIdProvider() throws IOException, GeneralSecurityException {
        keys = newKeys();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/.well-known/openid-configuration", """
                {"issuer":"%s","jwks_uri":"%s/jwks","subject_types_supported":["public"]}""".formatted(issuer(), issuer()));
        RSAPublicKey key = (RSAPublicKey) keys.getPublic();
        serve("/jwks", """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"k","n":"%s","e":"%s"}]}""".formatted(encode(unsigned(key.getModulus())), encode(unsigned(key.getPublicExponent()))));
        server.start();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    String sign(String claims) throws GeneralSecurityException {
        return sign(claims, keys.getPrivate());
    }

    static String signedBySomebodyElse(String claims) throws GeneralSecurityException {
        return sign(claims, newKeys().getPrivate());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static String sign(String claims, PrivateKey key) throws GeneralSecurityException {
        String content = encode("{\"alg\":\"RS256\",\"kid\":\"k\"}") + "." + encode(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + encode(signature.sign());
    }

    private void serve(String path, String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
