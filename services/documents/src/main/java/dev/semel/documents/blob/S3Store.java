package dev.semel.documents.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Bytes as objects of a bucket: {@code <prefix><tenant>/<id>}. Content is collected in a temporary file first, since its length has to
 * be known; the object is there when the whole of it has arrived, by its MD5. At most 5 GB each. Thread-safe.
 */
final class S3Store implements ByteStore, AutoCloseable {
    private static final Pattern NAME = Pattern.compile("([^/]+)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private static final int LARGEST_PAGE = 1_000;

    private final S3Client client;
    private final String bucket;
    private final String prefix;
    private final int pageSize;

    private S3Store(S3Client client, String bucket, String prefix, int pageSize) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
        this.pageSize = pageSize;
    }

    static S3Store of(BlobProperties.S3 properties) {
        return of(properties, LARGEST_PAGE);
    }

    /** @param pageSize how many objects are listed at once */
    static S3Store of(BlobProperties.S3 properties, int pageSize) {
        return new S3Store(S3Clients.of(properties), properties.bucket(), properties.prefix(), pageSize);
    }

    @Override
    public void write(Location location, InputStream content) throws IOException {
        Path spool = Files.createTempFile("semel-blob-", ".tmp"); // readable for the owner only
        try {
            String md5 = spool(content, spool);
            reach(() -> client.putObject(
                    request -> request.bucket(bucket).key(key(location)).contentMD5(md5), RequestBody.fromFile(spool)));
        } finally {
            Files.deleteIfExists(spool);
        }
    }

    private static String spool(InputStream content, Path spool) throws IOException {
        try (DigestOutputStream out = new DigestOutputStream(Files.newOutputStream(spool), md5())) {
            content.transferTo(out);
            return Base64.getEncoder().encodeToString(out.getMessageDigest().digest());
        }
    }

    /** What the protocol has against bytes that fall over on their way. */
    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    @Override
    public StoredBytes open(Location location) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> object =
                    client.getObject(request -> request.bucket(bucket).key(key(location)));
            return new StoredBytes(object.response().contentLength(), new S3Input(object));
        } catch (NoSuchKeyException e) {
            throw new NoSuchFileException(String.valueOf(location.id()));
        } catch (SdkException | UncheckedIOException e) {
            throw new IOException("the bucket cannot be reached", e);
        }
    }

    @Override
    public void delete(Location location) throws IOException {
        reach(() -> client.deleteObject(request -> request.bucket(bucket).key(key(location))));
    }

    @Override
    public void visitOlderThan(Duration age, Visitor visitor) throws Exception {
        Instant until = Instant.now().minus(age);
        try {
            var pages = client.listObjectsV2Paginator(
                    request -> request.bucket(bucket).prefix(prefix).maxKeys(pageSize));
            for (S3Object object : pages.contents()) {
                Optional<Location> location = location(object.key());
                if (location.isPresent() && !object.lastModified().isAfter(until)) {
                    visitor.visit(location.get());
                }
            }
        } catch (SdkException | UncheckedIOException e) {
            throw new IOException("the bucket cannot be reached", e);
        }
    }

    private String key(Location location) {
        return prefix + TenantName.folder(location.tenant()) + "/" + location.id();
    }

    private Optional<Location> location(String key) {
        Matcher name = NAME.matcher(key.substring(prefix.length()));
        return name.matches()
                ? TenantName.tenant(name.group(1)).map(tenant -> new Location(tenant, UUID.fromString(name.group(2))))
                : Optional.empty();
    }

    private static void reach(Runnable call) throws IOException {
        try {
            call.run();
        } catch (SdkException | UncheckedIOException e) {
            throw new IOException("the bucket cannot be reached", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
