using System.ComponentModel;
using NetPolTools.Diagnostics;

namespace NetPolTools.Live;

/// <summary>
/// Reads a cluster through kubectl, which brings every login there is. It asks for paths of the API, <c>kubectl get --raw</c>: so kubectl passes the
/// answer on as it comes, where <c>-o json</c> would hold many times its size before the first byte, and asks the server nothing else.
/// </summary>
/// <param name="connection">Which cluster.</param>
/// <param name="program">kubectl; null for the one on the PATH.</param>
public sealed class KubectlReader(ClusterConnection connection, KubectlProgram? program = null) : IClusterReader
{
    // Looked for once: a reading asks some forty times.
    private readonly KubectlProgram? _program = program ?? KubectlProgram.Find();
    private readonly object _lookingUp = new();
    private string? _serverPath;

    public string Name => connection.Name;

    public ReadOutcome Get(string path, Action<Stream> read, CancellationToken cancellation)
    {
        if (_program is not { } kubectl)
            return new ReadOutcome(ReadStatus.Failed, KubectlProgram.NotFound) { FailedWith = DiagnosticId.KubectlNotFound };
        try
        {
            var run = Run(kubectl, ["get", "--raw", ServerPath(kubectl, cancellation) + path], read, cancellation);
            return run.ExitCode == 0 ? ReadOutcome.Read : KubectlErrors.Understand(run);
        }
        catch (Win32Exception e)
        {
            return new ReadOutcome(ReadStatus.Failed, $"{kubectl.File} cannot be run: {e.Message}") { FailedWith = DiagnosticId.KubectlNotFound };
        }
    }

    /// <summary>
    /// The path of the server's URL, which <c>get --raw</c> does not put before the path it is given. Servers behind a path are those of Rancher and kcp,
    /// and <c>kubectl proxy --api-prefix</c>: without it another cluster might answer.
    /// </summary>
    private string ServerPath(KubectlProgram kubectl, CancellationToken cancellation)
    {
        lock (_lookingUp)
            return _serverPath ??= LookUpServerPath(kubectl, cancellation);
    }

    private string LookUpServerPath(KubectlProgram kubectl, CancellationToken cancellation)
    {
        var server = "";
        var run = Run(
            kubectl,
            ["config", "view", "--minify", "--output=jsonpath={.clusters[0].cluster.server}"],
            output => server = new StreamReader(output).ReadToEnd().Trim(),
            cancellation);

        // There is no context inside a pod without a kubeconfig: kubectl takes the pod's own server, which has no path. Whatever else is wrong with
        // the kubeconfig ends the next run too, and is told there.
        return run.ExitCode == 0 && Uri.TryCreate(server, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" ? url.AbsolutePath.TrimEnd('/')
            : "";
    }

    private ProgramRun Run(KubectlProgram kubectl, IEnumerable<string> arguments, Action<Stream> read, CancellationToken cancellation) =>
        kubectl.Run(kubectl.File, connection.Folder, [.. arguments, .. connection.Arguments()], [], read, cancellation);
}
