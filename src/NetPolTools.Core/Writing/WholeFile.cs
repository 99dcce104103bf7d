using System.Text;

namespace NetPolTools.Writing;

/// <summary>Writes files that are there whole or not at all: whoever reads one never sees half of it.</summary>
public static class WholeFile
{
    /// <summary>
    /// UTF-8 without a byte order mark. The text goes to a file beside it first, which then takes the name; who may read the old one may read the new
    /// one, and a link stays a link.
    /// </summary>
    /// <param name="path">In a folder that is there.</param>
    /// <param name="text">What the file is to hold.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced, also one that is read-only.</param>
    /// <exception cref="IOException">There is such a file and it may not be replaced, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nobody may write there.</exception>
    public static void Write(string path, string text, bool overwrite)
    {
        var target = new FileInfo(path) is { LinkTarget: not null } link && link.ResolveLinkTarget(returnFinalTarget: true) is { } final ? final.FullName : path;
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target) | UnixFileMode.UserWrite;
        try
        {
            using (var writer = new StreamWriter(beside, new UTF8Encoding(false), options))
                writer.Write(text);
            if (overwrite && File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(target, File.GetAttributes(target) & ~FileAttributes.ReadOnly);
            File.Move(beside, target, overwrite);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Whether the file is there and holds just this text.</summary>
    public static bool Holds(string path, string text) => File.Exists(path) && File.ReadAllText(path) == text;
}
