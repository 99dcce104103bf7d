BeforeDiscovery {
    # A kubeconfig of a cluster where these tests may make namespaces; its current context is one that may.
    $noCluster = -not $env:NETPOL_TEST_KUBECONFIG
    if ($noCluster) { Write-Host 'NETPOL_TEST_KUBECONFIG names no kubeconfig: the tests of a real cluster are skipped.' }
    $contexts = if ($noCluster) { @() } else { kubectl --kubeconfig $env:NETPOL_TEST_KUBECONFIG config get-contexts -o name }
    $transports = 'Kubectl', 'Client'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
}

Describe 'A real cluster, read by <_>' -ForEach $transports -Skip:$noCluster {
    BeforeAll {
        $transport = $_
        function Invoke-Kubectl {
            $output = $input | kubectl --kubeconfig $env:NETPOL_TEST_KUBECONFIG @args 2>&1
            if ($LASTEXITCODE) { throw "kubectl ${args}: $output" }
            $output
        }
        $ns = "netpol-pester-$transport-$PID".ToLowerInvariant()
        $cluster = @{ Kubeconfig = $env:NETPOL_TEST_KUBECONFIG; Transport = $transport }
        $live = $cluster + @{ Context = '.'; WarningAction = 'SilentlyContinue' }
        Invoke-Kubectl create namespace $ns | Out-Null
        @"
apiVersion: v1
kind: Pod
metadata: {name: secure-pod, namespace: $ns, labels: {app: secure}}
spec: {containers: [{name: main, image: none}]}
---
apiVersion: v1
kind: Pod
metadata: {name: client, namespace: $ns, labels: {access: "no"}}
spec: {containers: [{name: main, image: none}]}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: secure, namespace: $ns}
spec:
  podSelector: {matchLabels: {app: secure}}
  ingress: [{from: [{podSelector: {matchLabels: {access: "yes"}}}], ports: [{port: 80}]}]
"@ | Invoke-Kubectl apply --validate=false -f - | Out-Null
        $question = @{ From = "$ns/client"; To = "$ns/secure-pod"; Cni = 'Enforcing' }
    }

    AfterAll {
        Invoke-Kubectl delete 'pods,networkpolicies' --all -n $ns --now --wait=false | Out-Null
        Invoke-Kubectl delete namespace $ns --wait=false | Out-Null
    }

    It 'answers as it is now: a label that changes changes the answer' {
        Test-NetPolReachability @live @question | Should -BeFalse
        Invoke-Kubectl label pod client -n $ns --overwrite access=yes | Out-Null
        Test-NetPolReachability @live @question | Should -BeTrue
        Get-NetPolReachability @live @question | Get-Line | Should -Be "$ns/client -> $ns/secure-pod: TCP 80"
        Invoke-Kubectl label pod client -n $ns --overwrite access=no | Out-Null
        Test-NetPolReachability @live @question | Should -BeFalse
    }

    It 'is watched: a label that changes gives the connection that opens' {
        $watching = [powershell]::Create().AddScript({
            param($module, $live, $question)
            Import-Module $module
            Get-NetPolReachability @live @question -Watch -Verbose | Select-Object -First 1 | ForEach-Object { "$_" }
        }).AddArgument($env:NETPOLTOOLS_MODULE).AddArgument($live).AddArgument($question)
        $running = $watching.BeginInvoke()
        while (-not $watching.Streams.Verbose.Count -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 100 }
        Invoke-Kubectl label pod client -n $ns --overwrite access=yes | Out-Null
        $watching.EndInvoke($running) | Should -Be "Opened $ns/client -> $ns/secure-pod: None -> TCP 80"
        $watching.Dispose()
        Invoke-Kubectl label pod client -n $ns --overwrite access=no | Out-Null
    }

    It 'answers as what kubectl gives of it does' {
        $piped = (Invoke-Kubectl get 'pods,namespaces,networkpolicies' -A -o json) | ConvertFrom-Json | Get-NetPolReachability -Namespace $ns -Cni Enforcing |
            Get-Line
        Get-NetPolReachability @live -Namespace $ns -Cni Enforcing | Get-Line | Should -Be $piped
    }

    It 'shows what a deploy would change' {
        $open = @"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: open, namespace: $ns}
spec: {podSelector: {matchLabels: {app: secure}}, ingress: [{ports: [{port: 443}]}]}
"@
        Compare-NetPolReachability -ReferenceContext . @cluster -Path $open -From "$ns/client" -To "$ns/secure-pod" |
            Get-Line | Should -Be "Opened $ns/client -> $ns/secure-pod: None -> TCP 443"
    }

    It 'that has no Gateway API is read without a word of that' {
        Get-NetPolSnapshot -Context . @cluster -WarningVariable warnings -ErrorVariable errors | Out-Null
        "$warnings $errors" | Should -Not -BeLike '*gateway*'
    }

    It 'gives one error for a context that the kubeconfig does not have' {
        Get-NetPolReachability -Context no-such-context @cluster -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ClusterNotRead,*'
        "$($errors[0])" | Should -BeLike '*"no-such-context" does not exist*'
        $errors[0].Exception | Should -BeOfType System.IO.IOException
    }

    It 'gives one error for <Case>' -ForEach @(
        @{ Case = 'a server that does not answer'; User = '{token: none}'; Server = 'https://127.0.0.1:1'; Says = '*127.0.0.1:1*refused*' }
        @{ Case = 'a login plugin that fails'; Server = 'https://127.0.0.1:1'; Says = '*netpol-no-such-plugin*'
            User = '{exec: {apiVersion: client.authentication.k8s.io/v1, command: netpol-no-such-plugin, interactiveMode: Never}}' }
    ) {
        $file = Join-Path $TestDrive 'broken.config'
        @"
apiVersion: v1
kind: Config
clusters: [{name: c, cluster: {server: "$Server"}}]
users: [{name: u, user: $User}]
contexts: [{name: x, context: {cluster: c, user: u}}]
current-context: x
"@ | Set-Content $file
        Get-NetPolReachability -Context . -Kubeconfig $file -Transport $transport -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        "$($errors[0])" | Should -BeLike $Says
    }

    It 'gives no answer to a user who may not list pods' -Skip:('no-pods' -notin $contexts) {
        Get-NetPolReachability -Context no-pods @cluster -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ForbiddenKind,*'
        "$($errors[0])" | Should -BeLike '*You may not list pods*'
    }

    It 'answers a user who may read one namespace about that one' -Skip:('one-namespace' -notin $contexts) {
        @"
apiVersion: v1
kind: Pod
metadata: {name: only, namespace: netpol-one}
spec: {containers: [{name: main, image: none}]}
"@ | Invoke-Kubectl apply --validate=false -f - | Out-Null
        $question = $cluster + @{ Context = 'one-namespace'; Cni = 'Enforcing' }
        Get-NetPolReachability @question -Namespace netpol-one -To only -WarningVariable warnings -WarningAction SilentlyContinue | Get-Line |
            Should -Be '0.0.0.0-255.255.255.255 -> netpol-one/only: All', '::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff -> netpol-one/only: All'
        "$warnings" | Should -BeLike '*You may list pods*only in netpol-one*'
        Get-NetPolReachability @question -ErrorVariable errors -ErrorAction SilentlyContinue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$($errors[0])" | Should -BeLike '*You may not list pods*'
        Invoke-Kubectl delete pod only -n netpol-one --now --wait=false | Out-Null
    }

    It 'needs the right to list namespaces only where a policy goes by their labels' -Skip:('no-namespaces' -notin $contexts) {
        $question = $question + $cluster + @{ Context = 'no-namespaces' }
        Test-NetPolReachability @question -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable errors | Should -BeFalse
        "$warnings" | Should -BeLike '*You may not list namespaces*'
        @"
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: by-label, namespace: $ns}
spec: {podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]}
"@ | Invoke-Kubectl apply -f - | Out-Null
        $problem = { Test-NetPolReachability @question -ErrorAction SilentlyContinue } | Should -Throw -PassThru
        "$problem" | Should -BeLike "*You may not list namespaces*$ns/by-label selects namespaces by labels*"
        Invoke-Kubectl delete networkpolicy by-label -n $ns | Out-Null
    }
}

Describe 'A real cluster and a module with its own client' -Skip:($noCluster -or 'Client' -notin $transports) {
    It 'are read by the client where there is no kubectl' {
        $searchPath = $env:PATH
        try {
            $env:PATH = $TestDrive
            $found = Get-NetPolSnapshot -Context . -Kubeconfig $env:NETPOL_TEST_KUBECONFIG -WarningAction SilentlyContinue -ErrorVariable errors
        }
        finally {
            $env:PATH = $searchPath
        }
        $errors | Should -BeNullOrEmpty
        $found.NamespaceCount | Should -BeGreaterThan 0
    }

    It 'keep the libraries of the client from other modules' {
        Get-NetPolSnapshot -Context . -Kubeconfig $env:NETPOL_TEST_KUBECONFIG -Transport Client -WarningAction SilentlyContinue | Out-Null
        $loaded = [Runtime.Loader.AssemblyLoadContext]::All.ForEach{ foreach ($assembly in $_.Assemblies) { "$($_.Name) $($assembly.GetName().Name)" } }
        $loaded | Should -Contain 'NetPolTools.KubernetesClient KubernetesClient'
        $loaded | Where-Object { $_ -match ' (KubernetesClient|Fractions|YamlDotNet)$' } | Should -Match '^NetPolTools\.(KubernetesClient|Yaml) '
    }
}
