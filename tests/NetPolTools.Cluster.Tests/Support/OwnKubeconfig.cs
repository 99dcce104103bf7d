using System.Text;
using System.Text.Json.Nodes;

namespace NetPolTools.Cluster.Tests.Support;

/// <summary>The current context of the tests' kubeconfig, with something changed, in a folder of its own.</summary>
internal sealed class OwnKubeconfig : IDisposable
{
    /// <summary>Every kubectl since 1.11 knows it.</summary>
    private const string CredentialVersion = "client.authentication.k8s.io/v1beta1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("netpol-login-");
    private readonly JsonNode _config = JsonNode.Parse(Kubectl.Run("config", "view", "--raw", "--flatten", "--minify", "-o", "json").Output)!;

    public string Path => At("config");

    /// <summary>Whether the login plugin was called.</summary>
    public bool HasRun => File.Exists(At("has-run"));

    private JsonNode User => _config["users"]![0]!;

    /// <summary>The same user, whose credential a plugin tells.</summary>
    public static OwnKubeconfig WithLoginPlugin()
    {
        var own = new OwnKubeconfig();
        File.WriteAllText(own.At("credential"), own.Credential().ToJsonString());
        return own.WithPlugin("cat \"$0/credential\"");
    }

    /// <param name="words">What the plugin says on its standard error.</param>
    public static OwnKubeconfig WithFailingLoginPlugin(string words) => new OwnKubeconfig().WithPlugin($"echo '{words}' >&2; exit 3");

    public static OwnKubeconfig WithServer(string url)
    {
        var own = new OwnKubeconfig();
        own._config["clusters"]![0]!["cluster"]!["server"] = url;
        return own.Written();
    }

    /// <summary>The same server, behind a line that can be cut.</summary>
    public static OwnKubeconfig Behind(out CuttableLine line)
    {
        var own = new OwnKubeconfig();
        var cluster = own._config["clusters"]![0]!["cluster"]!;
        var server = new Uri((string)cluster["server"]!);
        line = new CuttableLine(server);
        cluster["server"] = $"https://127.0.0.1:{line.Port}";
        cluster["tls-server-name"] ??= server.Host;
        return own.Written();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private OwnKubeconfig WithPlugin(string shell)
    {
        User["user"] = new JsonObject
        {
            ["exec"] = new JsonObject
            {
                ["apiVersion"] = CredentialVersion,
                ["command"] = "sh",
                ["args"] = new JsonArray("-c", $"touch \"$0/has-run\"; {shell}", _folder.FullName),
            },
        };
        return Written();
    }

    private OwnKubeconfig Written()
    {
        File.WriteAllText(Path, _config.ToJsonString());
        return this;
    }

    /// <summary>What a plugin prints for the user's own token or certificate.</summary>
    private JsonObject Credential()
    {
        var user = User["user"]!;
        var status = new JsonObject();
        if (user["token"] is { } token)
        {
            status["token"] = token.DeepClone();
        }
        else
        {
            status["clientCertificateData"] = Pem(user, "client-certificate-data");
            status["clientKeyData"] = Pem(user, "client-key-data");
        }

        return new JsonObject { ["apiVersion"] = CredentialVersion, ["kind"] = "ExecCredential", ["status"] = status };
    }

    private static string Pem(JsonNode user, string field)
    {
        Assert.True(user[field] is not null, "The user of the tests' kubeconfig has neither a token nor a certificate that a login plugin could tell.");
        return Encoding.UTF8.GetString(Convert.FromBase64String((string)user[field]!));
    }

    private string At(string name) => System.IO.Path.Combine(_folder.FullName, name);
}
