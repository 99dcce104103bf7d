using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>
/// Runs the program that a kubeconfig logs in with. The package would run it twice, with its arguments split at blanks, with what it says lost and with
/// nothing to end it.
/// https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins
/// </summary>
internal static class LoginPlugin
{
    /// <param name="login">Its user has an exec entry.</param>
    /// <param name="exec">That entry.</param>
    /// <param name="folder">Where the program runs; null for the folder of this process.</param>
    /// <param name="cancellation">Ends it, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ConfigurationException">It gave nothing to log in with.</exception>
    public static LoginCredential Run(Login login, ExecEntry exec, string? folder, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(exec.Command) || string.IsNullOrEmpty(exec.ApiVersion))
            throw new ConfigurationException($"The login plugin of user \"{login.UserName}\" lacks its command or its apiVersion.");
        if (exec.InteractiveMode == "Always")
            throw new ConfigurationException(
                $"The login plugin {exec.Command} wants to ask for something at a terminal (interactiveMode: Always), and there is none.");
        var program = FileOf(exec.Command, login.UserFolder)
            ?? throw new ConfigurationException($"The login plugin {exec.Command} is not there. {exec.InstallHint}".Trim());
        var output = new MemoryStream();
        ProgramRun run;
        try
        {
            run = ProgramRun.Run(program, folder, (exec.Args ?? []).Select(static argument => argument ?? ""), Environment(login, exec), stream =>
                stream.CopyTo(output), cancellation);
        }
        catch (Win32Exception e)
        {
            throw new ConfigurationException($"The login plugin {program} cannot be run: {e.Message}");
        }

        if (run.ExitCode != 0)
            throw new ConfigurationException($"The login plugin {exec.Command} ended with exit code {run.ExitCode}. {run.Words}".Trim());
        try
        {
            return Read(JsonNode.Parse(output.ToArray()), exec);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not a word of what came: it may hold half a token.
            throw new ConfigurationException($"What the login plugin {exec.Command} gave is no ExecCredential.");
        }
    }

    private static LoginCredential Read(JsonNode? credential, ExecEntry exec)
    {
        var version = Text(credential, "apiVersion");
        if (version != exec.ApiVersion)
            throw new ConfigurationException($"The login plugin {exec.Command} is to speak {exec.ApiVersion}, and it speaks {version ?? "no version"}.");
        var status = credential!["status"];
        var read = new LoginCredential(
            Text(status, "token"),
            Text(status, "clientCertificateData"),
            Text(status, "clientKeyData"),
            Text(status, "expirationTimestamp") is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture) : null);
        if (string.IsNullOrEmpty(read.Token) && string.IsNullOrEmpty(read.Certificate))
            throw new ConfigurationException($"The login plugin {exec.Command} gave neither a token nor a certificate.");
        if (string.IsNullOrEmpty(read.Certificate) != string.IsNullOrEmpty(read.Key))
            throw new ConfigurationException($"The login plugin {exec.Command} gave a certificate without its key, or the other way round.");
        return read;
    }

    private static string? Text(JsonNode? map, string field) => (string?)map?[field];

    /// <summary>Names are looked up on the PATH; relative paths are relative to the kubeconfig.</summary>
    private static string? FileOf(string command, string folder)
    {
        if (!command.Contains(Path.DirectorySeparatorChar) && !command.Contains(Path.AltDirectorySeparatorChar))
            return ProgramFile.Find(command);
        var file = Path.GetFullPath(command, folder);
        return File.Exists(file) ? file : null;
    }

    private static Dictionary<string, string> Environment(Login login, ExecEntry exec)
    {
        var spec = new JsonObject { ["interactive"] = false };
        if (exec.ProvideClusterInfo)
        {
            spec["cluster"] = new JsonObject
            {
                ["server"] = login.Cluster.Server,
                ["tls-server-name"] = login.Cluster.TlsServerName,
                ["insecure-skip-tls-verify"] = login.Cluster.InsecureSkipTlsVerify,
                ["certificate-authority-data"] = login.CertificateAuthority,
            };
        }

        var variables = (exec.Env ?? []).Where(static variable => !string.IsNullOrEmpty(variable.Name))
            .GroupBy(static variable => variable.Name!, static variable => variable.Value ?? "")
            .ToDictionary(static same => same.Key, static same => same.Last());
        variables["KUBERNETES_EXEC_INFO"] = new JsonObject { ["kind"] = "ExecCredential", ["apiVersion"] = exec.ApiVersion, ["spec"] = spec }.ToJsonString();
        return variables;
    }
}

/// <summary>What a login plugin gives.</summary>
/// <param name="Token">A bearer token; null for none.</param>
/// <param name="Certificate">A client's certificate, as PEM; null for none.</param>
/// <param name="Key">Its key, likewise.</param>
/// <param name="Expires">When to ask again; null for never.</param>
internal sealed record LoginCredential(string? Token, string? Certificate, string? Key, DateTimeOffset? Expires);
