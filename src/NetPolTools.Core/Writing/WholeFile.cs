using System.Text;

namespace NetPolTools.Writing;

/// <summary>Writes files that are there whole or not at all: whoever reads one never sees half of it.</summary>
public static class WholeFile
{
    /// <summary>As many as Linux follows.</summary>
    private const int MostLinks = 40;

    /// <summary>
    /// UTF-8 without a byte order mark. The text goes to a file beside it first, which then takes the name; who may read the old one may read the new
    /// one, and a link stays a link.
    /// </summary>
    /// <param name="path">In a folder that is there.</param>
    /// <param name="text">What the file is to hold.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced, also one that is read-only.</param>
    /// <exception cref="IOException">There is such a file and it may not be replaced, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nobody may write there.</exception>
    public static void Write(string path, string text, bool overwrite) => Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)), overwrite);

    /// <inheritdoc cref="Write(string, string, bool)"/>
    /// <param name="path">In a folder that is there.</param>
    /// <param name="write">Writes what the file is to hold.</param>
    /// <param name="overwrite">Whether a file of that name may be replaced, also one that is read-only.</param>
    public static void Write(string path, Action<Stream> write, bool overwrite)
    {
        var target = TargetOf(path);
        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target) | UnixFileMode.UserWrite;
        try
        {
            using (var file = new FileStream(beside, options))
                write(file);
            if (overwrite && File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
                File.SetAttributes(target, File.GetAttributes(target) & ~FileAttributes.ReadOnly);
            File.Move(beside, target, overwrite);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    /// <summary>Whether the file is there and holds just this text. One of another length is not opened: it may be a pipe, in which nothing is
    /// waiting.</summary>
    public static bool Holds(string path, string text)
    {
        var file = new FileInfo(TargetOf(path));
        return text.Length > 0 && file.Exists && file.Length == Encoding.UTF8.GetByteCount(text) && File.ReadAllText(path) == text;
    }

    /// <summary>Where a link leads in the end, whether anything is there or not; a path that is no link leads to itself.</summary>
    private static string TargetOf(string path)
    {
        var target = path;
        for (var links = 0; new FileInfo(target).LinkTarget is { } next; links++)
        {
            if (links == MostLinks)
                throw new IOException($"The link '{path}' leads in a circle.");
            target = Path.GetFullPath(next, Path.GetDirectoryName(Path.GetFullPath(target))!);
        }

        return target;
    }
}
