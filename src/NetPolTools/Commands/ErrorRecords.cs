using System.Management.Automation;
using NetPolTools.Asking;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Text;
using NetPolTools.Validation;

namespace NetPolTools.Commands;

/// <summary>Makes every error of the module: the ids are <see cref="DiagnosticId"/>'s names and never change their meaning.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Diagnostic diagnostic, object? target) =>
        new(ExceptionOf(diagnostic), diagnostic.Id.ToString(), CategoryOf(diagnostic.Id), target);

    public static ErrorRecord PathNotFound(string path, Exception? cause) => new(
        new FileNotFoundException($"There is no file or folder '{path}'.", path, cause),
        nameof(DiagnosticId.PathNotFound),
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord NotAFile(string path, string provider) => new(
        new ArgumentException($"'{path}' belongs to the provider {provider}; expected a file or folder."),
        nameof(DiagnosticId.UnreadableFile),
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord NoQuestion() => new(
        new ArgumentException("No question came from the pipeline: nothing was tested."), nameof(DiagnosticId.NoInput), ErrorCategory.ObjectNotFound, null);

    public static ErrorRecord NoNamespace(string pattern) => new(
        new ArgumentException($"-Namespace '{pattern}' matches no namespace of the input."),
        nameof(DiagnosticId.NoMatch),
        ErrorCategory.ObjectNotFound,
        pattern);

    public static ErrorRecord NoNamespacePiped() => new(
        new ArgumentException(
            "No namespace came from the pipeline, so none is closed; without a pipeline, every namespace of the cluster but system namespaces is."),
        nameof(DiagnosticId.NoMatch),
        ErrorCategory.ObjectNotFound,
        null);

    public static ErrorRecord CniUnknown(string reason, object? target) => new(
        new InvalidOperationException($"{reason} -Unknown True or -Unknown False makes an answer of that."),
        nameof(DiagnosticId.CniUnknown),
        ErrorCategory.ResourceUnavailable,
        target);

    /// <param name="doubt">Why the answer may be wrong.</param>
    /// <param name="answer">The answer as far as it is known.</param>
    /// <param name="target">What was asked about.</param>
    public static ErrorRecord InDoubt(AnswerDoubt doubt, string answer, object? target) => new(
        new InvalidOperationException($"{answer}, as far as the input tells, but {doubt.Text}."), doubt.Id.ToString(), ErrorCategory.ResourceUnavailable,
            target);

    public static ErrorRecord FileExists(string file) => new(
        new IOException($"The file '{file}' is there and holds something else; -Force replaces it."), nameof(DiagnosticId.FileExists),
            ErrorCategory.ResourceExists, file);

    /// <param name="file">The file.</param>
    /// <param name="what">What it is instead, as the sentence goes on.</param>
    public static ErrorRecord NotASnapshot(string file, string what) => new(
        new InvalidDataException($"'{file}' {what} and is no snapshot that Export-NetPolSnapshot has written; Get-NetPolSnapshot reads manifests."),
        nameof(DiagnosticId.NotASnapshot),
        ErrorCategory.InvalidData,
        file);

    public static ErrorRecord NotWhole(string file) => new(
        new IOException($"'{file}' is left as it is: not everything that came in could be written, and what is missing may be what it holds."),
        nameof(DiagnosticId.FileExists),
        ErrorCategory.ResourceExists,
        file);

    public static ErrorRecord SameFile(string file, ObjectReference first, ObjectReference second, object? target) => new(
        new IOException($"{first} and {second} would both be written to '{file}'; the first was. Write one of them elsewhere, or all of them to one file."),
        nameof(DiagnosticId.FileExists),
        ErrorCategory.ResourceExists,
        target);

    public static ErrorRecord Unwritable(string file, Exception cause, object? target) => new(
        new IOException($"'{file}' could not be written: {cause.Message}", cause), nameof(DiagnosticId.UnwritableFile), ErrorCategory.WriteError, target);

    public static ErrorRecord NotExportable(KubernetesObject found) => new(
        new ArgumentException(
            $"{found.Reference} was read only as far as traffic depends on it, so it cannot be written whole; pipe in what kubectl gives, or the file."),
        nameof(DiagnosticId.NotExportable),
        ErrorCategory.InvalidArgument,
        found);

    public static ErrorRecord Refused(FieldError error, object target) =>
        InvalidArgument(error.Path.Length == 0 ? error.Message : $"{error.Path}: {error.Message}", target);

    public static ErrorRecord EmptySnapshot(string parameter) => new(
        new ArgumentException($"-{parameter} holds no workload or pod, so there is nothing to make policies for."),
        nameof(DiagnosticId.NoManifests),
        ErrorCategory.ObjectNotFound,
        parameter);

    public static ErrorRecord NothingToApply() => new(
        new ArgumentException("-Apply holds no object that matters to traffic, so it would change nothing."),
        nameof(DiagnosticId.NoManifests),
        ErrorCategory.ObjectNotFound,
        null);

    public static ErrorRecord InvalidArgument(string message, object? target) =>
        new(new ArgumentException(message), nameof(DiagnosticId.InvalidValue), ErrorCategory.InvalidArgument, target);

    /// <summary>The diagnostic without its severity, which the stream it goes to tells.</summary>
    public static string TextOf(Diagnostic diagnostic)
    {
        var text = diagnostic.Message;
        if (!string.IsNullOrEmpty(diagnostic.FieldPath))
            text = $"{diagnostic.FieldPath}: {text}";
        if (diagnostic.Object is not null)
            text = $"{diagnostic.Object}: {text}";
        return Printable.Of(diagnostic.Location.IsKnown ? $"{diagnostic.Location}: {text}" : text);
    }

    /// <summary>What is wrong with a question is the fault of an argument, and what keeps an input from being read is no fault of its data.</summary>
    private static Exception ExceptionOf(Diagnostic diagnostic)
    {
        var text = TextOf(diagnostic);
        return diagnostic.Id switch
        {
            DiagnosticId.NoMatch or DiagnosticId.NoInput => new ArgumentException(text),
            DiagnosticId.PathNotFound or DiagnosticId.KubectlNotFound => new FileNotFoundException(text),
            DiagnosticId.UnreadableFile or DiagnosticId.ClusterNotRead or DiagnosticId.ConnectionLost => new IOException(text),
            DiagnosticId.ForbiddenKind => new UnauthorizedAccessException(text),
            DiagnosticId.ClusterTimeout => new TimeoutException(text),
            _ => new InvalidDataException(text),
        };
    }

    private static ErrorCategory CategoryOf(DiagnosticId id) => id switch
    {
        DiagnosticId.PathNotFound or DiagnosticId.NoManifests or DiagnosticId.NoInput or DiagnosticId.NoMatch or DiagnosticId.ServiceLeadsNowhere
            or DiagnosticId.UnknownEnd => ErrorCategory.ObjectNotFound,
        DiagnosticId.AmbiguousName => ErrorCategory.InvalidArgument,
        DiagnosticId.UnreadableFile => ErrorCategory.ReadError,
        DiagnosticId.SyntaxError => ErrorCategory.ParserError,
        DiagnosticId.KubectlNotFound => ErrorCategory.NotInstalled,
        DiagnosticId.ClusterNotRead => ErrorCategory.ConnectionError,
        DiagnosticId.ForbiddenKind => ErrorCategory.PermissionDenied,
        DiagnosticId.ClusterTimeout => ErrorCategory.OperationTimeout,
        DiagnosticId.ConnectionLost => ErrorCategory.ConnectionError,
        DiagnosticId.WrongType => ErrorCategory.InvalidType,
        _ => ErrorCategory.InvalidData,
    };
}
