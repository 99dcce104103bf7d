BeforeDiscovery {
    $cannotRun = $IsWindows
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $searchPath = $env:PATH

    function Use-Kubectl {
        param([string] $Folder)
        $env:PATH = $Folder + [IO.Path]::PathSeparator + $searchPath
        $Folder
    }
}

# The kubectl of these tests is a shell script.
Describe 'A live cluster' -Skip:$cannotRun {
    BeforeEach {
        $kubectl = Use-Kubectl (New-FakeKubectl)
    }

    AfterEach {
        $env:PATH = $searchPath
    }

    It 'answers as its manifests do' {
        Get-NetPolReachability -Context prod | Get-Line | Should -Be (Get-NetPolReachability $threeTier | Get-Line)
        Get-NetPolReachability -Context prod -Namespace shop -From web | Get-Line | Should -Be (Get-NetPolReachability $threeTier -From web | Get-Line)
        Test-NetPolReachability -Context prod -From shop/api -To shop/db -Port 3306 | Should -BeTrue
        (Get-NetPolIsolation -Context prod).Count | Should -Be (Get-NetPolIsolation $threeTier).Count
        (Get-NetPolSnapshot -Context prod).NetworkPolicyCount | Should -Be 4
    }

    It 'is asked for with its context and kubeconfig, and the dot is the current context' {
        Push-Location $TestDrive
        Get-NetPolSnapshot -Context prod -Kubeconfig ./own.config | Out-Null
        Pop-Location
        Get-NetPolSnapshot -Context . | Out-Null
        $calls = Get-Content (Join-Path $kubectl calls)
        $calls | Should -Contain "get --raw /apis --context=prod --kubeconfig=$(Join-Path $TestDrive own.config)"
        $calls | Should -Contain 'get --raw /apis'
        $calls | Should -Not -Match 'secret'
    }

    It 'is not asked for unless a context is named' {
        Get-NetPolReachability $threeTier | Out-Null
        Get-ThreeTierObject | Get-NetPolReachability | Out-Null
        Join-Path $kubectl calls | Should -Not -Exist
    }

    It 'is one side of a comparison, and what is deployed is applied to it' {
        $next = Join-Path $manifests 'three-tier-next'
        $changes = Compare-NetPolReachability -ReferenceContext prod -Path $next
        $changes | Get-Line | Should -Be (Compare-NetPolReachability $threeTier $next -Apply | Get-Line)
        Get-ChildItem $next | Compare-NetPolReachability -ReferenceContext prod | Get-Line | Should -Be ($changes | Get-Line)
        Compare-NetPolReachability -ReferenceContext prod $next -Apply:$false | Get-Line |
            Should -Be (Compare-NetPolReachability $threeTier $next | Get-Line)
    }

    It 'warns of a kind that may not be listed, and answers' {
        'Error from server (Forbidden): nodes is forbidden: User "jane" cannot list resource "nodes"' | Set-Content (Join-Path $kubectl _api_v1_nodes.err)
        $lines = Get-NetPolReachability -Context prod -WarningVariable warnings -WarningAction SilentlyContinue | Get-Line
        $lines | Should -Be (Get-NetPolReachability $threeTier | Get-Line)
        $warnings | Should -HaveCount 1
        "$warnings" | Should -BeLike '*You may not list nodes*cannot list resource "nodes"*'
    }

    It 'gives no answer, but <Id>, where <Case>' -ForEach @(
        @{ Case = 'pods may not be listed'; Path = '_api_v1_pods'; Says = 'Error from server (Forbidden): pods is forbidden'; Id = 'ForbiddenKind'; Category = 'PermissionDenied' }
        @{ Case = 'the context is wrong'; Path = '_apis'; Says = 'error: context "prod" does not exist'; Id = 'ClusterNotRead'; Category = 'ConnectionError' }
        @{ Case = 'the server does not answer'; Path = '_apis'; Says = 'The connection to the server 127.0.0.1:1 was refused'; Id = 'ClusterNotRead'; Category = 'ConnectionError' }
    ) {
        $Says | Set-Content (Join-Path $kubectl "$Path.err")
        $output = Test-NetPolReachability -Context prod -From shop/api -To shop/db -ErrorVariable errors -ErrorAction SilentlyContinue
        $output | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $errors[0].CategoryInfo.Category | Should -Be $Category
        "$($errors[0])" | Should -BeLike "*$Says*"
        Compare-NetPolReachability -ReferenceContext prod -Path $threeTier -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'that takes longer than TimeoutSec is an error that says so' {
        'sleep 600' | Set-Content (Join-Path $kubectl _api_v1_pods.sh)
        Get-NetPolReachability -Context prod -TimeoutSec 1 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'ClusterTimeout,*'
        "$($errors[0])" | Should -BeLike '*within 1 s*'
    }

    It 'is left alone once the pipeline is stopped, and so is kubectl' {
        'echo $$ > "$here/started"; sleep 600' | Set-Content (Join-Path $kubectl _api_v1_pods.sh)
        $shell = [powershell]::Create()
        $shell.AddScript('param($Module) Import-Module $Module; Get-NetPolReachability -Context prod').AddArgument($env:NETPOLTOOLS_MODULE) | Out-Null
        $running = $shell.BeginInvoke()
        $started = Join-Path $kubectl started
        while (-not (Test-Path $started) -or -not (Get-Content $started)) { Start-Sleep -Milliseconds 50 }
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        Get-Process -Id (Get-Content $started) -ErrorAction Ignore | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}

Describe 'Without kubectl' -Skip:$cannotRun {
    AfterEach {
        $env:PATH = $searchPath
    }

    It 'an error says so and what to do' {
        $env:PATH = $TestDrive
        Get-NetPolReachability -Context prod -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'KubectlNotFound,*'
        "$($errors[0])" | Should -BeLike '*no kubectl on the PATH*Install it*'
    }
}
