package dev.semel.documents.blob;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of S3 and of what speaks its language. */
final class S3Clients {
    private S3Clients() {}

    /** Checksums only where the protocol asks for them: not every server knows the newer ones, and content has its own. */
    static S3Client of(BlobProperties.S3 properties) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .region(Region.of(properties.region()))
                .forcePathStyle(properties.pathStyle())
                .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(new NoExpectation()))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        URI endpoint = properties.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint);
        }
        String accessKey = properties.accessKey();
        String secretKey = properties.secretKey();
        if (accessKey != null && secretKey != null) {
            AwsBasicCredentials keys = AwsBasicCredentials.create(accessKey, secretKey);
            builder.credentialsProvider(StaticCredentialsProvider.create(keys));
        }
        return builder.build();
    }
}
