using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace NetPolTools.KubernetesClient.Tests.Support;

/// <summary>A certificate authority for one test.</summary>
internal sealed class Certificates : IDisposable
{
    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _authority;

    public Certificates()
    {
        var request = new CertificateRequest("CN=authority", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        _authority = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    /// <summary>As a kubeconfig has it: PEM in base64.</summary>
    public string Authority => Encoded(_authority.ExportCertificatePem());

    public static string Encoded(string pem) => Convert.ToBase64String(Encoding.ASCII.GetBytes(pem));

    /// <summary>For 127.0.0.1, or for a host of that name alone.</summary>
    public X509Certificate2 Server(string? host = null)
    {
        var names = new SubjectAlternativeNameBuilder();
        if (host is null)
            names.AddIpAddress(IPAddress.Loopback);
        else
            names.AddDnsName(host);
        using var key = RSA.Create(2048);
        using var issued = Issue("CN=server", key, names.Build());
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>A user's certificate and key, as PEM.</summary>
    public (string Certificate, string Key) Client(string user)
    {
        using var key = RSA.Create(2048);
        using var issued = Issue($"CN={user}", key);
        return (issued.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }

    public void Dispose()
    {
        _authority.Dispose();
        _key.Dispose();
    }

    private X509Certificate2 Issue(string subject, RSA key, params X509Extension[] extensions)
    {
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        foreach (var extension in extensions)
            request.CertificateExtensions.Add(extension);
        return request.Create(_authority, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), RandomNumberGenerator.GetBytes(8));
    }
}
