using System.Management.Automation;
using NetPolTools.Objects;
using NetPolTools.Writing;

namespace NetPolTools.Commands;

/// <summary>Documents on their way into one file, or into a folder with a file for each.</summary>
/// <param name="path">The file; or the folder, which ends in a separator, has no extension or is there already.</param>
/// <param name="form">How they are written.</param>
/// <param name="overwrite">Whether files that hold something else may be replaced.</param>
/// <param name="cmdlet">Asked before each file, and told what could not be written.</param>
/// <param name="onWritten">Told the path of each file that holds what it is to hold.</param>
internal sealed class ManifestFiles(string path, ManifestText form, bool overwrite, Cmdlet cmdlet, Action<string> onWritten)
{
    private readonly bool _isFolder = System.IO.Path.EndsInDirectorySeparator(path) || !System.IO.Path.HasExtension(path) || Directory.Exists(path);
    private readonly Dictionary<string, (ObjectReference Reference, string Text)> _written = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<ManifestMap> _documents = [];

    /// <param name="reference">What the document describes.</param>
    /// <param name="manifest">The document.</param>
    /// <param name="source">The object it was made of, for errors to name.</param>
    public void Add(ObjectReference reference, ManifestMap manifest, object? source)
    {
        if (!_isFolder)
        {
            _documents.Add(manifest);
            return;
        }

        var text = form.Of(manifest);
        var file = System.IO.Path.Combine(path, ManifestFileName.Of(reference, form.Extension));
        if (_written.TryAdd(file, (reference, text)))
            Write(file, text, reference.ToString(), source);
        else if (_written[file].Text != text)
            cmdlet.WriteError(ErrorRecords.SameFile(file, _written[file].Reference, reference, source));
    }

    /// <summary>Writes what belongs into one file, now that all of it is there.</summary>
    /// <param name="isWhole">Whether everything that came in is among it; what is not would be lost with the file that it was in.</param>
    public void Finish(bool isWhole)
    {
        if (_documents.Count > 0 && !isWhole && File.Exists(path))
            cmdlet.WriteError(ErrorRecords.NotWhole(path));
        else if (_documents.Count > 0)
            Write(path, form.Of(_documents), _documents.Count == 1 ? "one object" : $"{_documents.Count} objects", path);
    }

    private void Write(string file, string written, string what, object? source)
    {
        var text = written.EndsWith('\n') ? written : written + "\n";
        try
        {
            if (_isFolder && File.Exists(path))
                throw new IOException(
                    "A path without an extension stands for a folder with a file for each object, and this one is a file that is there already.");
            var isThere = File.Exists(file);
            if (!WholeFile.Holds(file, text))
            {
                if (isThere && !overwrite)
                {
                    cmdlet.WriteError(ErrorRecords.FileExists(file));
                    return;
                }

                if (!cmdlet.ShouldProcess(file, isThere ? $"Replace with {what}" : $"Write {what}"))
                    return;
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
                WholeFile.Write(file, text, overwrite);
            }

            onWritten(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.Unwritable(file, e, source));
        }
    }
}
