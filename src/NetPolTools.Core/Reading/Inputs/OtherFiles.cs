using System.Text.RegularExpressions;

namespace NetPolTools.Reading;

/// <summary>
/// Files that lie among manifests and are none: those of other tools, known by their names, and what is no file to read at all. Nobody named them, so they
/// are no mistake.
/// </summary>
internal static partial class OtherFiles
{
    /// <summary>What a file of kustomize means for an answer about the files around it.</summary>
    public const string KustomizationIsNotBuilt =
        "What kustomize makes of it is left out: the files beside it count as they stand. Take what it makes, as from "
        + "kubectl kustomize FOLDER, to ask about that.";

    /// <summary>Whether a file tells kustomize what to make of others.</summary>
    public static bool IsKustomization(string file) => Kustomization().IsMatch(Path.GetFileName(file));

    /// <summary>Says why a file that was found in a folder is to be passed over; null for one to read.</summary>
    /// <exception cref="IOException">The file cannot be looked at.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static string? Explain(string file)
    {
        // Pipes and devices have no length, and opening a pipe waits for whoever writes into it.
        var target = File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file;
        if (new FileInfo(target).Length == 0)
            return "it is empty, or a pipe or device, which is read only where it is named itself";
        if (IsKustomization(file))
            return "it tells kustomize what to make of others";
        return OtherTools().IsMatch(Path.GetFileName(file)) && !Kind().IsMatch(File.ReadAllText(file)) ? "it is a file of another tool, with no object in it"
            : null;
    }

    [GeneratedRegex(@"^kustomization(\.ya?ml)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Kustomization();

    /// <summary>Helm, Docker Compose, npm.</summary>
    [GeneratedRegex(
        @"^(chart\.ya?ml|values([.-].*)?\.ya?ml|values\.schema\.json|(docker-)?compose([.-].*)?\.ya?ml|package(-lock)?\.json)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OtherTools();

    /// <summary>What an object says of itself at the least.</summary>
    [GeneratedRegex("""^(- )?["']?kind["']?\s*:|[{,]\s*"kind"\s*:""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Kind();
}
